import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { Endpoint, SproutConfig } from '@sprout/process';
import { certificateFiles } from './own-certificates.ts';

/** How a server proves who it is. */
export interface Tls {
  /** Certificates that are trusted instead of the system's, PEM. */
  readonly ca?: string;
  /** Whom the server's certificate must name. */
  readonly host: string;
}

/** What it takes to reach data servers: where run files, secrets and certificates are. */
export type DataPlace = Pick<SproutConfig, 'dataDir'> & {
  readonly market: Pick<SproutConfig['market'], 'tls'>;
};

/**
 * TLS of an endpoint: of a server of ours by `market.tls`, of another for `mysqls://` and
 * `rediss://`, with `caFile` in place of the system's CAs.
 */
export function tlsOf(place: DataPlace, endpoint: Endpoint): Tls | undefined {
  if ('process' in endpoint) return place.market.tls ? ownTls(place) : undefined;
  if (!/^(mysqls|rediss):/.test(endpoint.url)) return undefined;
  const host = new URL(endpoint.url).hostname;
  const { caFile } = endpoint;
  return { host, ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }) };
}

/** Every certificate of ours names the loopback address. */
function ownTls(place: DataPlace): Tls {
  return { host: '127.0.0.1', ca: readFileSync(certificateFiles(place).ca, 'utf8') };
}

/** Speaks TLS over a socket; a certificate that is not trusted, or of another host, is an error. */
export function secured(socket: Socket, { ca, host }: Tls): TLSSocket {
  return connect({
    socket,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
    minVersion: 'TLSv1.2',
  });
}
