import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { addressOf } from '@sprout/process';
import type { Endpoint, SproutConfig } from '@sprout/process';

/**
 * Opens a socket to where an endpoint is now. Pools dial through it for every new connection, so
 * a server that comes back on another port is found without a restart of its clients; a socket to
 * where the endpoint is no longer is closed, so that nobody goes on talking to a server that was
 * replaced. An endpoint nobody has published fails like a refused connection.
 */
export function dial(place: Pick<SproutConfig, 'dataDir'>, endpoint: Endpoint): Socket {
  const address = addressOf(place, endpoint);
  if (address === undefined) return unpublished(endpoint).setNoDelay(true);
  const socket = connect(parts(address)).setNoDelay(true);
  if ('process' in endpoint) {
    const key = `${place.dataDir} ${endpoint.process} ${endpoint.listener}`;
    closeWhenMoved(socket, key, () => addressOf(place, endpoint), address);
  }
  return socket;
}

/** How often it is looked whether servers have moved. */
const lookEveryMs = 250;

/** Sockets to one endpoint, with the address that each was opened to. */
interface Watched {
  readonly now: () => string | undefined;
  readonly sockets: Map<Socket, string>;
}

const watched = new Map<string, Watched>();
let looking: NodeJS.Timeout | undefined;

function closeWhenMoved(socket: Socket, key: string, now: Watched['now'], address: string): void {
  const known = watched.get(key) ?? { now, sockets: new Map<Socket, string>() };
  watched.set(key, known);
  const { sockets } = known;
  sockets.set(socket, address);
  socket.once('close', () => sockets.delete(socket));
  looking ??= setInterval(closeMoved, lookEveryMs).unref();
}

/** A server that published nothing may only be starting again: its sockets end by themselves. */
function closeMoved(): void {
  for (const { now, sockets } of watched.values()) {
    const current = sockets.size === 0 ? undefined : now();
    if (current === undefined) continue;
    for (const [socket, address] of sockets) {
      if (address !== current) socket.destroy(moved(address, current));
    }
  }
}

function moved(from: string, to: string): Error {
  return Object.assign(new Error(`the server moved from ${from} to ${to}`), { code: 'ECONNRESET' });
}

/** Splits `host:port`, with or without a scheme before it. */
function parts(address: string) {
  const [host, port] = address.replace(/^[a-z]+:\/\//, '').split(':');
  return { host: host ?? '127.0.0.1', port: Number(port) };
}

function unpublished(endpoint: Endpoint): Socket {
  const error = new Error(`nobody published ${JSON.stringify(endpoint)}`);
  const refusal = Object.assign(error, { code: 'ECONNREFUSED' });
  // Failing in the look-up gives the socket the states its users expect of one that cannot connect,
  // and later than promises gives them the time to listen.
  return connect({
    host: 'unpublished',
    port: 1,
    lookup: (_host, _options, callback) => setImmediate(callback, refusal, '', 0),
  });
}
