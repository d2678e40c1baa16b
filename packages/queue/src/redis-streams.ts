import { messagesPublished } from '@sprout/signals/catalogue';
import type { RedisClient } from '@sprout/data';
import { toFields } from './message-fields.ts';
import { inProducerSpans } from './producer-span.ts';
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
    publish: (stream, messages) =>
      inProducerSpans(telemetry, { system: 'redis_streams', stream }, messages, async (traced) => {
        await add(redis, stream, traced.map(toFields), limits.entriesMax);
        published.inc({ stream }, traced.length);
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

/** Several entries are a transaction: none stands behind one that was refused. */
async function add(
  redis: RedisClient,
  stream: string,
  entries: readonly string[][],
  entriesMax: number,
): Promise<void> {
  const [first = [], ...others] = entries;
  if (others.length === 0) {
    await redis.xadd(stream, 'MAXLEN', '~', entriesMax, '*', ...first);
    return;
  }
  const transaction = redis.multi();
  for (const fields of entries) {
    transaction.xadd(stream, 'MAXLEN', '~', entriesMax, '*', ...fields);
  }
  const results = (await transaction.exec().catch(withReason)) ?? [];
  for (const [error] of results) if (error !== null) throw error;
}

/** EXECABORT says only that a command before it was refused; ioredis keeps why. */
function withReason(error: Error & { previousErrors?: readonly Error[] }): never {
  throw error.previousErrors?.[0] ?? error;
}
