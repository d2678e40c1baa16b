import type { Socket } from 'node:net';
import { secret } from '@sprout/process';
import type { Endpoint, SproutConfig } from '@sprout/process';
import { AbstractConnector, Redis } from 'ioredis';
import { dial } from './dial.ts';
import type { Telemetry } from './telemetry.ts';

/** How long a command may take; a `blocking` connection waits for the server instead. */
export type RedisPatience = { readonly commandTimeoutMs: number } | 'blocking';

/** Who is told of outages, and how a client waits. */
export interface RedisOptions {
  readonly telemetry: Pick<Telemetry, 'logger'>;
  readonly patience: RedisPatience;
  /** Absent: the password of this installation's own Redis. */
  readonly password?: string | undefined;
}

const reconnectAfterMsMax = 1_000;
const blockedMsMax = 15_000;

/**
 * Connects to Redis. A command fails at once while Redis is away and after its time limit while
 * it hangs; nothing is queued for later. Reconnects for ever, dialling the address of the day.
 */
export function createRedis(
  config: Pick<SproutConfig, 'dataDir'>,
  endpoint: Endpoint,
  { telemetry, patience, password }: RedisOptions,
): Redis {
  const redis = new Redis({
    Connector: connectorTo(config, endpoint),
    password: password ?? secret(config, 'redis'),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    disableClientInfo: true,
    retryStrategy: (times) => Math.min(50 * times, reconnectAfterMsMax),
    ...timeLimits(patience),
  });
  reportOnce(redis, telemetry);
  return redis;
}

function timeLimits(patience: RedisPatience) {
  return patience === 'blocking'
    ? // A server that froze answers nothing, not even the end of a BLOCK; the socket gives up then.
      { socketTimeout: blockedMsMax }
    : { commandTimeout: patience.commandTimeoutMs };
}

function connectorTo(config: Pick<SproutConfig, 'dataDir'>, endpoint: Endpoint) {
  return class extends AbstractConnector {
    constructor() {
      super(2_000);
    }

    override connect(): Promise<Socket> {
      this.stream = dial(config, endpoint);
      return Promise.resolve(this.stream as Socket);
    }
  };
}

/** One line when Redis goes and one when it is back, however often the client tries in between. */
function reportOnce(redis: Redis, { logger }: Pick<Telemetry, 'logger'>): void {
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
