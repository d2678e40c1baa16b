import type { Socket } from 'node:net';
import { addressOf, secret, SproutError } from '@sprout/process';
import type { Endpoint } from '@sprout/process';
import { AbstractConnector, Cluster, Redis } from 'ioredis';
import { dial } from './dial.ts';
import type { Telemetry } from './telemetry.ts';
import { secured, tlsOf } from './tls.ts';
import type { DataPlace } from './tls.ts';

/** How long a command may take; a `blocking` connection waits for the server instead. */
export type RedisPatience = { readonly commandTimeoutMs: number } | 'blocking';

/** Who is told of outages, and how a client waits. */
export interface RedisOptions {
  readonly telemetry: Pick<Telemetry, 'logger'>;
  readonly patience: RedisPatience;
  /** Of somebody else's server; absent: the market's user of this installation's own Redis. */
  readonly password?: string | undefined;
}

/** Until a server is spoken to, over TLS with its handshake. */
const connectMsMax = 2_000;
const reconnectAfterMsMax = 1_000;
const blockedMsMax = 15_000;

/** One server, or a cluster; both take the same commands. */
export type RedisClient = Redis | Cluster;

/** Where Redis is: one server, or nodes of a cluster that name the others. */
export type RedisEndpoint = Endpoint | readonly Endpoint[];

/**
 * Connects to Redis. A command fails at once while Redis is away and after its time limit while
 * it hangs; nothing is queued for later. Reconnects for ever, dialling the address of the day.
 * Of a cluster, nodes must have published where they listen: throws SproutError `REDIS_UNKNOWN`.
 */
export function createRedis(
  config: DataPlace,
  endpoint: RedisEndpoint,
  { telemetry, patience, password }: RedisOptions,
): RedisClient {
  const redis = isOne(endpoint)
    ? oneServer(config, endpoint, patience, password)
    : cluster(config, endpoint, patience);
  reportOnce(redis, telemetry);
  return redis;
}

/** The same as the administrator of a server of ours, for what the market's user may not do. */
export function createAdminRedis(
  config: DataPlace,
  endpoint: Endpoint,
  { telemetry, patience }: Omit<RedisOptions, 'password'>,
): Redis {
  const redis = new Redis({
    ...oneServerOptions(config, endpoint, patience),
    password: secret(config, 'redis'),
  });
  reportOnce(redis, telemetry);
  return redis;
}

const isOne = (endpoint: RedisEndpoint): endpoint is Endpoint => !Array.isArray(endpoint);

function oneServer(
  config: DataPlace,
  endpoint: Endpoint,
  patience: RedisPatience,
  password: string | undefined,
): Redis {
  return new Redis({
    ...oneServerOptions(config, endpoint, patience),
    ...(password === undefined ? credentials(config, endpoint) : { password }),
  });
}

function oneServerOptions(config: DataPlace, endpoint: Endpoint, patience: RedisPatience) {
  return {
    Connector: connectorTo(config, endpoint),
    // The connector does it; ioredis only has to wait for it.
    ...(tlsOf(config, endpoint) && { tls: {} }),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    retryStrategy: (times: number) => Math.min(50 * times, reconnectAfterMsMax),
    ...everyConnection(patience),
  };
}

/** A server of ours knows the market's user; another is asked with its password alone. */
function credentials(config: DataPlace, endpoint: Endpoint) {
  return 'url' in endpoint
    ? { password: secret(config, 'redis') }
    : { username: 'market', password: secret(config, 'redis-market') };
}

/** Redirections and retries together outlast the election of a new master. */
const redirectionsMax = 16;
const retryAfterMs = 200;

function cluster(config: DataPlace, nodes: readonly Endpoint[], patience: RedisPatience): Cluster {
  const addresses = nodes.flatMap((node) => addressOf(config, node) ?? []);
  if (addresses.length === 0) {
    throw new SproutError(
      'REDIS_UNKNOWN',
      'no node of the Redis Cluster has published an address',
      {
        hint: './sprout status shows what runs',
      },
    );
  }
  const startupNodes = addresses.map((address) => {
    const [host = '', port] = address.split(':');
    return { host, port: Number(port) };
  });
  const [first] = nodes;
  const tls = first && tlsOf(config, first);
  const client = new Cluster(startupNodes, {
    enableOfflineQueue: false,
    maxRedirections: redirectionsMax,
    retryDelayOnFailover: retryAfterMs,
    retryDelayOnClusterDown: retryAfterMs,
    slotsRefreshTimeout: 2_000,
    clusterRetryStrategy: (times) => Math.min(50 * times, reconnectAfterMsMax),
    redisOptions: {
      ...(first && credentials(config, first)),
      ...(tls && { tls: { ca: tls.ca, minVersion: 'TLSv1.2' as const } }),
      ...everyConnection(patience),
    },
  });
  keepAsking(client);
  return client;
}

/** A node that hangs breaks no connection: only asking tells that it was replaced. */
const askEveryMs = 1_000;

/**
 * ioredis' own interval goes on for ever, and keeps the process, when the client is disconnected
 * while it asks.
 */
function keepAsking(client: Cluster): void {
  const timer = setInterval(() => {
    if (hasLeft(client)) clearInterval(timer);
    else if (client.status === 'ready') client.refreshSlotsCache();
  }, askEveryMs).unref();
}

/** A client that was disconnected while nodes hung stays at the former. */
const hasLeft = ({ status }: Cluster) => status === 'disconnecting' || status === 'end';

function everyConnection(patience: RedisPatience) {
  return { disableClientInfo: true, connectTimeout: connectMsMax, ...timeLimits(patience) };
}

function timeLimits(patience: RedisPatience) {
  return patience === 'blocking'
    ? // A server that froze answers nothing, not even the end of a BLOCK; the socket gives up then.
      { socketTimeout: blockedMsMax }
    : { commandTimeout: patience.commandTimeoutMs };
}

function connectorTo(config: DataPlace, endpoint: Endpoint) {
  return class extends AbstractConnector {
    constructor() {
      super(2_000);
    }

    override async connect(): Promise<Socket> {
      const tls = tlsOf(config, endpoint);
      const socket = dial(config, endpoint);
      this.stream = tls === undefined ? socket : secured(socket, tls);
      // It may fail before ioredis listens, which then asks for this; unheard, it ended the process.
      this.stream.once('error', (error) => (this.firstError = error));
      return this.stream as Socket;
    }
  };
}

/** One line when Redis goes and one when it is back, however often the client tries in between. */
function reportOnce(redis: RedisClient, { logger }: Pick<Telemetry, 'logger'>): void {
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) logger.warn('redis is away', { 'exception.message': error.message });
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.info('redis is back');
    away = false;
  });
}
