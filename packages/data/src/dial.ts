import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { addressOf } from '@sprout/process';
import type { Endpoint, SproutConfig } from '@sprout/process';

/**
 * Opens a socket to where an endpoint is now. Pools dial through it for every new connection,
 * so a server that comes back on another port is found without a restart of its clients. An
 * endpoint nobody has published fails like a refused connection.
 */
export function dial(place: Pick<SproutConfig, 'dataDir'>, endpoint: Endpoint): Socket {
  const address = addressOf(place, endpoint);
  const socket = address === undefined ? unpublished(endpoint) : connect(parts(address));
  return socket.setNoDelay(true);
}

/** Splits `host:port`, with or without a scheme before it. */
function parts(address: string) {
  const [host, port] = address.replace(/^[a-z]+:\/\//, '').split(':');
  return { host: host ?? '127.0.0.1', port: Number(port) };
}

function unpublished(endpoint: Endpoint): Socket {
  const error = new Error(`nobody published ${JSON.stringify(endpoint)}`);
  const refusal = Object.assign(error, { code: 'ECONNREFUSED' });
  // Failing in the look-up gives the socket the states its users expect of one that cannot connect.
  return connect({
    host: 'unpublished',
    port: 1,
    lookup: (_host, _options, callback) => process.nextTick(callback, refusal, '', 0),
  });
}
