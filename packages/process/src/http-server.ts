import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { isLoopback } from './access-schema.ts';
import type { SproutConfig } from './config-schema.ts';
import { SproutError } from './error.ts';
import { refuseMalformed, requireHost } from './refuse-malformed.ts';

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
 * Connections that wait to be accepted. Node's 511 lets a burst of callers in only after they
 * have tried again, one, three and seven seconds later.
 */
const backlogMax = 4096;

/**
 * How long an idle connection waits for its next request. People think longer than Node's 5 s,
 * scrapers come every 15 s, and a new connection costs both sides as much as a small answer.
 */
const keepAliveMs = 65_000;

/**
 * Listens on loopback. Another address is refused where nobody asks who is calling:
 * SproutError `LISTEN_UNSAFE`; a taken port is SproutError `PORT_TAKEN`.
 */
export async function listen(
  handler: RequestListener,
  options: {
    readonly host: string;
    readonly port: number;
    /** True where the handler asks every caller who they are. */
    readonly authenticated?: boolean;
    /**
     * How many connections are accepted in a turn of the event loop; default 1, as Node does. With
     * more, another process of the same user that asks for the port in this way gets it too.
     */
    readonly acceptsAtOnce?: number;
  },
): Promise<Listening> {
  const { host, acceptsAtOnce = 1 } = options;
  if (options.authenticated !== true) refuseUnsafe(host);
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, requireHostHeader: false },
    requireHost(handler),
  );
  refuseMalformed(server);
  const reusePort = acceptsAtOnce > 1;
  await startListening(server, { host, port: options.port, reusePort });
  const { port } = server.address() as AddressInfo;
  const doors = Array.from({ length: acceptsAtOnce - 1 }, () => createDoor(server));
  for (const door of doors) await startListening(door, { host, port, reusePort });
  return {
    server,
    url: `http://${reachable(host)}:${port}`,
    close: async () => {
      for (const door of doors) door.close();
      await closeServer(server);
    },
  };
}

/** One more socket that listens for a server: the kernel spreads connections over all of a port. */
function createDoor(server: Server): NetServer {
  return createNetServer((socket) => void server.emit('connection', socket));
}

interface Address {
  readonly host: string;
  readonly port: number;
  readonly reusePort: boolean;
}

async function startListening(server: NetServer, address: Address): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(cause, address)));
    server.listen({ ...address, backlog: backlogMax }, resolve);
  });
}

/** Who listens on every address is reached by this machine's processes on loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function refuseUnsafe(host: string): void {
  if (isLoopback(host)) return;
  throw new SproutError('LISTEN_UNSAFE', `refusing to listen on ${host} without authentication`, {
    hint: 'leave host at 127.0.0.1 in sprout.config.ts; the SLO service takes access.host',
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
