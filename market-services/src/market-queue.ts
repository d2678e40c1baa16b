import { createRedis } from '@sprout/data';
import type { RedisClient } from '@sprout/data';
import type { SproutConfig } from '@sprout/process';
import { createRedisStreams, redisDeadLetters, redisStreamState } from '@sprout/queue';
import type { DeadLetters, LookAtStream, Queue, Telemetry } from '@sprout/queue';

/** The queue of the market, with what it gave up and how far its consumers are. */
export interface MarketQueue {
  readonly queue: Queue;
  readonly dead: DeadLetters;
  readonly look: LookAtStream;
  /** Resolves when it answers, for who cannot try again; rejects after five seconds. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** The streams of the market. */
export const marketStreams: readonly string[] = ['orders', 'stock'];

/** Publishing may wait longer than a cache look-up: nobody's request waits for it. */
const publishTimeoutMs = 1_000;

/** Opens the queue that `market.queue` names. */
export async function openMarketQueue(
  config: Pick<SproutConfig, 'dataDir' | 'market'>,
  telemetry: Telemetry,
): Promise<MarketQueue> {
  if (config.market.queue === 'kafka') {
    // Its client is a second of processor time and 60 MB, which who has Redis is spared.
    const { createKafka } = await import('@sprout/queue/kafka');
    const { brokers, partitions } = config.market.kafka;
    const kafka = createKafka({ brokers: () => [...brokers], telemetry, limits: { partitions } });
    return {
      queue: kafka,
      dead: kafka.dead,
      look: kafka.look,
      ready: async () => undefined,
      close: () => kafka.close(),
    };
  }
  const connect = (patience: Parameters<typeof createRedis>[2]['patience']) =>
    createRedis(config, config.market.redis, { telemetry, patience });
  const redis = connect({ commandTimeoutMs: publishTimeoutMs });
  const connectBlocking = () => connect('blocking');
  return {
    queue: createRedisStreams({ redis, connectBlocking, telemetry }),
    dead: redisDeadLetters(redis),
    look: redisStreamState(redis),
    ready: () => untilReady(redis),
    close: async () => redis.disconnect(),
  };
}

const readyMsMax = 5_000;

/** Attempts to connect that fail are reported by the client and followed by others. */
async function untilReady(redis: RedisClient): Promise<void> {
  if (redis.status === 'ready') return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error('no connection')), readyMsMax);
  redis.once('ready', resolve);
  await promise.finally(() => clearTimeout(timer));
}
