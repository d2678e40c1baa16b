import { messagesPublished } from '@sprout/signals/catalogue';
import type { RedisClient } from '@sprout/data';
import { toFields } from './message-fields.ts';
import { inProducerSpan } from './producer-span.ts';
import type { Queue } from './queue.ts';
import { defaultLimits } from './redis-streams-limits.ts';
import type { RedisStreamsLimits } from './redis-streams-limits.ts';
import { startConsumer } from './stream-consumer.ts';
import type { Telemetry } from './telemetry.ts';

export interface RedisStreamsOptions {
  /** For commands that answer at once; shared with others if need be. */
  readonly redis: RedisClient;
  /** Makes a connection for one consumer's blocking reads; the queue closes it. */
  readonly connectBlocking: () => RedisClient;
  readonly telemetry: Telemetry;
  readonly limits?: Partial<RedisStreamsLimits>;
}

/** The queue on Redis Streams: XADD, consumer groups, take-over of what a dead consumer left. */
export function createRedisStreams(options: RedisStreamsOptions): Queue {
  const { redis, telemetry } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const published = telemetry.bind(messagesPublished);
  return {
    publish: (stream, message) =>
      inProducerSpan(telemetry, 'redis_streams', stream, message, async (traced) => {
        const fields = toFields(traced);
        await redis.xadd(stream, 'MAXLEN', '~', limits.entriesMax, '*', ...fields);
        published.inc({ stream });
      }),
    consume: (subscription) =>
      startConsumer(subscription, {
        redis,
        blocking: options.connectBlocking(),
        telemetry,
        limits,
      }),
  };
}
