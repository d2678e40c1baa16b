import type { RedisClient } from '@sprout/data';
import { deadLettersShownMax } from './dead-letters.ts';
import type { DeadLetters } from './dead-letters.ts';
import { namedFields } from './message-fields.ts';

/** Where messages go that were given up; in a cluster, on the node of their stream. */
export const deadStream = (stream: string): string => `{${stream}}:dead`;

/** Dead letters on Redis Streams. */
export function redisDeadLetters(redis: RedisClient): DeadLetters {
  return {
    list: async (stream) => {
      const entries = await redis.xrange(
        deadStream(stream),
        '-',
        '+',
        'COUNT',
        deadLettersShownMax,
      );
      return entries.map(([id, flat]) => {
        const { error = '', ...fields } = namedFields(flat);
        return { id, stream, at: new Date(Number.parseInt(id, 10)), error, fields };
      });
    },
    replay: async (stream, id) => {
      const [entry] = await redis.xrange(deadStream(stream), id, id);
      if (entry === undefined) return false;
      const { error: _, ...fields } = namedFields(entry[1]);
      await redis
        .multi()
        .xadd(stream, '*', ...Object.entries(fields).flat())
        .xdel(deadStream(stream), id)
        .exec();
      return true;
    },
    drop: async (stream, id) => (await redis.xdel(deadStream(stream), id)) > 0,
  };
}
