import { once } from 'node:events';
import type { RedisClient } from '@sprout/data';

const connectTimeoutMs = 5_000;

/** Uses a connection of its own, once it is ready, and closes it. */
export async function withRedis<C extends RedisClient, T>(
  connect: () => C,
  use: (redis: C) => Promise<T>,
): Promise<T> {
  const redis = connect();
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(connectTimeoutMs) });
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}
