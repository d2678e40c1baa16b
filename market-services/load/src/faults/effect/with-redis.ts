import { once } from 'node:events';
import type { Redis } from 'ioredis';

const connectTimeoutMs = 5_000;

/** Uses a connection of its own, once it is ready, and closes it. */
export async function withRedis(
  connect: () => Redis,
  use: (redis: Redis) => Promise<unknown>,
): Promise<void> {
  const redis = connect();
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(connectTimeoutMs) });
    await use(redis);
  } finally {
    redis.disconnect();
  }
}
