import type { RedisClient } from '@sprout/data';
import type { Lease } from '../../application/runner.ts';

export interface RedisLeaseOptions {
  /** A value no other holder has. */
  readonly newToken: () => string;
  /** A holder that dies blocks the others for as long. Default 15 000. */
  readonly ttlMs?: number;
}

const deleteIfMine =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";
const renewIfMine =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0";

/**
 * A lease under `batch:<name>:lease`, renewed while it is held. Redis that loses it may let two
 * work at once for a moment; that costs time only, since order itself decides every step.
 */
export function createRedisLease(
  redis: RedisClient,
  { newToken, ttlMs = 15_000 }: RedisLeaseOptions,
): Lease {
  return {
    hold: async (name, work) => {
      const key = `batch:${name}:lease`;
      const token = newToken();
      if ((await redis.set(key, token, 'PX', ttlMs, 'NX')) === null) return undefined;
      const lost = new AbortController();
      const renewing = keepRenewed(ttlMs, lost, () =>
        redis.eval(renewIfMine, 1, key, token, String(ttlMs)),
      );
      try {
        return await work(lost.signal);
      } finally {
        clearInterval(renewing);
        await redis.eval(deleteIfMine, 1, key, token).catch(() => {
          // Redis is away; the lease ends by itself.
        });
      }
    },
  };
}

/** Aborts when the lease belongs to another, or could not be renewed until it runs out. */
function keepRenewed(ttlMs: number, lost: AbortController, renew: () => Promise<unknown>) {
  let renewedMs = performance.now();
  return setInterval(async () => {
    try {
      if ((await renew()) === 1) renewedMs = performance.now();
      else lost.abort();
    } catch {
      // Redis is away; there may still be time for another attempt.
      if (performance.now() - renewedMs > ttlMs / 2) lost.abort();
    }
  }, ttlMs / 4);
}
