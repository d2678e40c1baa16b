import { createRedis } from '@sprout/data';
import type { SproutConfig } from '@sprout/process';
import { createKafka, createRedisStreams, redisDeadLetters } from '@sprout/queue';
import type { DeadLetters, Queue, Telemetry } from '@sprout/queue';

/** The queue of the market, with what it gave up. */
export interface MarketQueue {
  readonly queue: Queue;
  readonly dead: DeadLetters;
  close(): Promise<void>;
}

/** The streams of the market. */
export const marketStreams: readonly string[] = ['orders', 'stock'];

/** Publishing may wait longer than a cache look-up: nobody's request waits for it. */
const publishTimeoutMs = 1_000;

/** Opens the queue that `market.queue` names. */
export function openMarketQueue(
  config: Pick<SproutConfig, 'dataDir' | 'market'>,
  telemetry: Telemetry,
): MarketQueue {
  if (config.market.queue === 'kafka') {
    const { brokers, partitions } = config.market.kafka;
    const kafka = createKafka({ brokers: () => [...brokers], telemetry, limits: { partitions } });
    return { queue: kafka, dead: kafka.dead, close: () => kafka.close() };
  }
  const connect = (patience: Parameters<typeof createRedis>[2]['patience']) =>
    createRedis(config, config.market.redis, { telemetry, patience });
  const redis = connect({ commandTimeoutMs: publishTimeoutMs });
  const connectBlocking = () => connect('blocking');
  return {
    queue: createRedisStreams({ redis, connectBlocking, telemetry }),
    dead: redisDeadLetters(redis),
    close: async () => redis.disconnect(),
  };
}
