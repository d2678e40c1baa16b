import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { Endpoint } from '@sprout/process';

/** How a server proves who it is. */
export interface Tls {
  /** Certificates that are trusted instead of the system's, PEM. */
  readonly ca?: string;
  /** Whom the server's certificate must name. */
  readonly host: string;
}

/** TLS of an endpoint: for `mysqls://` and `rediss://`, with `caFile` in place of the system's CAs. */
export function tlsOf(endpoint: Endpoint): Tls | undefined {
  if (!('url' in endpoint) || !/^(mysqls|rediss):/.test(endpoint.url)) return undefined;
  const host = new URL(endpoint.url).hostname;
  const { caFile } = endpoint;
  return { host, ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }) };
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
