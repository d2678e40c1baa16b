import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SproutConfig } from './config-schema.ts';
import { SproutError } from './error.ts';

/** A listening server and its real address. */
export interface Listening {
  readonly server: Server;
  readonly url: string;
  /** Stops accepting, lets running requests end, then closes. */
  close(): Promise<void>;
}

/** The port configured for a listener; 0 when none is. */
export function portOf(
  config: Pick<SproutConfig, 'ports'>,
  process: string,
  name = 'http',
): number {
  const key = name === 'http' ? process : `${process}.${name}`;
  return config.ports[key] ?? 0;
}

/**
 * Listens on loopback. Another address is refused until authentication is configured:
 * SproutError `LISTEN_UNSAFE`; a taken port is SproutError `PORT_TAKEN`.
 */
export async function listen(
  handler: RequestListener,
  options: { readonly host: string; readonly port: number },
): Promise<Listening> {
  refuseUnsafe(options.host);
  const server = createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(cause, options)));
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    server,
    url: `http://${options.host}:${port}`,
    close: () => closeServer(server),
  };
}

function refuseUnsafe(host: string): void {
  if (host === '127.0.0.1' || host === '::1' || host === 'localhost') return;
  throw new SproutError('LISTEN_UNSAFE', `refusing to listen on ${host} without authentication`, {
    hint: 'leave host at 127.0.0.1 in sprout.config.ts',
  });
}

function listenError(cause: NodeJS.ErrnoException, options: { host: string; port: number }) {
  if (cause.code !== 'EADDRINUSE') return cause;
  return new SproutError('PORT_TAKEN', `port ${options.port} on ${options.host} is taken`, {
    hint: 'stop who holds it, or set another port in sprout.config.ts',
    cause,
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection whose request ends only now is kept alive for a next one that must not come.
  const timer = setInterval(() => server.closeIdleConnections(), closeIdleEveryMs);
  await closed;
  clearInterval(timer);
}

const closeIdleEveryMs = 20;
