import type { ConsumerParts } from './consumer-parts.ts';
import type { DeliveryState } from './delivery-handler.ts';
import type { Subscription } from './queue.ts';
import { deadStream } from './redis-dead-letters.ts';

/** State of deliveries in Redis, so that it outlives the consumer. */
export function redisDeliveries(
  { stream, group }: Pick<Subscription, 'stream' | 'group'>,
  { redis, limits }: ConsumerParts,
): DeliveryState {
  // The braces put it on the node of its stream.
  const key = `{${stream}}:${group}:attempts`;
  const failedBefore = new Set<string>();
  return {
    failed: (id) => {
      failedBefore.add(id);
      return redis.hincrby(key, id, 1);
    },
    finished: async (id) => {
      if (failedBefore.delete(id)) await redis.hdel(key, id);
      await redis.xack(stream, group, id);
    },
    /** One transaction, so that a message is either pending or dead, never both or neither. */
    bury: async ([id, fields], error) => {
      failedBefore.delete(id);
      await redis
        .multi()
        .xadd(
          ...([deadStream(stream), 'MAXLEN', '~', limits.entriesMax, '*'] as const),
          ...([...fields, 'error', String(error)] as const),
        )
        .xack(stream, group, id)
        .hdel(key, id)
        .exec();
    },
  };
}
