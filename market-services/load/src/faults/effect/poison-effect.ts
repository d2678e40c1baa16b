import type { RedisClient } from '@sprout/data';
import { deadStream } from '@sprout/queue';
import type { Effect } from './effect.ts';
import { withRedis } from './with-redis.ts';

/** A body that no schema of the stream accepts. */
const poison = { id: '1', type: 'order.created', body: '{"poison":true}' };

/** Entries that are looked through for the poison, newest first. */
const lookedAtMax = 10_000;

/**
 * Puts one message into a stream that its consumers cannot handle. The end takes it out again,
 * wherever it has come to: the stream itself, or the stream of those given up.
 */
export function poisonEffect(connect: () => RedisClient, stream: string): Effect {
  return {
    begin: async () => {
      const fields = Object.entries(poison).flat();
      await withRedis(connect, (redis) => redis.xadd(stream, '*', ...fields));
    },
    end: () =>
      withRedis(connect, async (redis) => {
        for (const name of [stream, deadStream(stream)]) await removePoison(redis, name);
      }),
  };
}

async function removePoison(redis: RedisClient, stream: string): Promise<void> {
  const entries = await redis.xrevrange(stream, '+', '-', 'COUNT', lookedAtMax);
  const ids = entries.filter(([, fields]) => fields.includes(poison.body)).map(([id]) => id);
  if (ids.length > 0) await redis.xdel(stream, ...ids);
}
