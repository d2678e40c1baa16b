import { redisMemoryMax } from '@sprout/data/servers';
import type { Redis } from 'ioredis';
import type { Effect } from './effect.ts';
import { withRedis } from './with-redis.ts';

/** Leaves Redis so little memory that it throws out pages; the queue stays, as it never expires. */
export function redisMemoryEffect(servers: readonly (() => Redis)[], bytesMax: number): Effect {
  const setMemory = async (memory: string) => {
    for (const connect of servers) {
      await withRedis(connect, (redis) => redis.config('SET', 'maxmemory', memory));
    }
  };
  return {
    begin: () => setMemory(String(bytesMax)),
    end: () => setMemory(redisMemoryMax),
  };
}
