import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Disturbance } from './fault.ts';

/** A TCP proxy that can hold back what clients send, cut their connections, or refuse them. */
export interface TcpProxy {
  /** `host:port` it listens on. */
  readonly address: string;
  /** What is done to connections from now on, instead of what was done before. */
  disturb(disturbance: Disturbance): void;
  close(): Promise<void>;
}

export interface TcpProxyOptions {
  readonly host: string;
  readonly port: number;
  /** Opens a socket to the server, for every new connection. */
  readonly dial: () => Socket;
  /** Numbers in [0, 1) that decide which connections are cut. */
  readonly random: () => number;
}

/** Bytes of one connection that may be held back before its client is made to wait. */
const heldBytesMax = 1024 * 1024;

export async function startTcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const state: State = { disturbance: {}, random: options.random, sockets: new Set() };
  const server = createServer((client) => join(client, options.dial, state));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    address: `${options.host}:${(server.address() as AddressInfo).port}`,
    disturb: (disturbance) => {
      state.disturbance = disturbance;
      if (disturbance.refuse) for (const socket of state.sockets) socket.destroy();
    },
    close: () => closeAll(server, state.sockets),
  };
}

interface State {
  disturbance: Disturbance;
  readonly random: () => number;
  readonly sockets: Set<Socket>;
}

function join(client: Socket, dial: () => Socket, state: State): void {
  const { sockets } = state;
  if (state.disturbance.refuse) return void client.destroy();
  const upstream = dial();
  client.setNoDelay(true);
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    sockets.add(socket);
    // Either side's end is the other's; the error itself shows at whoever uses the connection.
    socket.on('error', () => other.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  }
  upstream.pipe(client);
  passDelayed(client, upstream, state);
}

/** Passes chunks in their order, each at the earliest `delayMs` after it came. */
function passDelayed(client: Socket, upstream: Socket, state: State): void {
  let heldBytes = 0;
  let last: Promise<void> = Promise.resolve();
  client.on('data', (chunk) => {
    const { delayMs = 0, cutChance = 0 } = state.disturbance;
    if (cutChance > 0 && state.random() < cutChance) return void client.destroy();
    const dueMs = performance.now() + delayMs;
    heldBytes += chunk.length;
    if (heldBytes > heldBytesMax) client.pause();
    last = last.then(async () => {
      await waitUntil(dueMs);
      heldBytes -= chunk.length;
      if (!upstream.destroyed) upstream.write(chunk);
      if (heldBytes <= heldBytesMax) client.resume();
    });
  });
}

async function waitUntil(dueMs: number): Promise<void> {
  const restMs = dueMs - performance.now();
  if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
}

async function closeAll(server: Server, sockets: Set<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
