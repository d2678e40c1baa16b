import type { RedisClient } from '@sprout/data';
import { unavailable } from './effect.ts';

/** One that has just been let go on needs a moment until it listens. */
const connectTimeoutMs = 4_000;

/** Uses a connection of its own, once it is ready, and closes it. */
export async function withRedis<C extends RedisClient, T>(
  connect: () => C,
  use: (redis: C) => Promise<T>,
): Promise<T> {
  const redis = await connected(connect);
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

/** Connects and waits until it is ready; rejects with `FAULT_UNAVAILABLE` when it is not in time. */
export async function connected<C extends RedisClient>(connect: () => C): Promise<C> {
  const redis = connect();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    redis.disconnect();
    reject(unavailable('Redis does not answer', './sprout status shows what runs'));
  }, connectTimeoutMs);
  // Attempts that fail are reported by the client and followed by others.
  redis.once('ready', resolve);
  await promise.finally(() => clearTimeout(timer));
  return redis;
}
