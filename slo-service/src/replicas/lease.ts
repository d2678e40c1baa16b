import { randomUUID } from 'node:crypto';
import type { Logger } from '@sprout/process';
import type { RedisClient } from '@sprout/data';

/** A replica's part in the election of the one that writes. */
export interface Lease {
  /**
   * The fencing token of this replica while it is the one that writes. While Redis is away the
   * last answer holds: the one that wrote goes on, and the ledger refuses it if another took over.
   */
  token(): number | undefined;
  /** Whether Redis did not answer when it was asked last. */
  away(): boolean;
  /** Asks for the lease, or renews it; it does so by itself every third of its time. */
  renew(): Promise<void>;
  /** Gives the lease back, so that another replica need not wait for its end. */
  stop(): Promise<void>;
}

/** A replica that says nothing for so long is no longer the one that writes. */
const leaseMs = 6_000;

/** Takes part in the election; `fence` is the newest token that the ledger has seen. */
export async function holdLease(options: {
  readonly redis: RedisClient;
  readonly key: string;
  readonly logger: Logger;
  fence(): number;
}): Promise<Lease> {
  const { redis, key, logger, fence } = options;
  const owner = randomUUID();
  let token: number | undefined;
  let away = false;
  const renew = async () => {
    try {
      const answer = Number(
        await redis.eval(acquire, 2, key, `${key}:token`, owner, leaseMs, fence()),
      );
      if (answer > 0 && token === undefined)
        logger.info('this replica writes the ledger', { token: answer });
      if (answer === 0 && token !== undefined) logger.info('another replica writes the ledger');
      token = answer > 0 ? answer : undefined;
      away = false;
    } catch {
      away = true;
      // The client has said that Redis is away; what was answered last holds.
    }
  };
  await renew();
  const timer = setInterval(() => void renew(), leaseMs / 3);
  return {
    token: () => token,
    away: () => away,
    renew,
    stop: async () => {
      clearInterval(timer);
      try {
        await redis.eval(release, 1, key, owner);
      } catch {
        // Redis is away; the lease ends by itself.
      }
      redis.disconnect();
    },
  };
}

/**
 * Answers the token of the owner that asks, or 0 when another holds the lease. Whoever gets it
 * gets a token greater than every one before, also when Redis has forgotten them all; and so does
 * a holder whose token the ledger no longer takes.
 */
const acquire = `
  local held = redis.call('HMGET', KEYS[1], 'owner', 'token')
  local fence = tonumber(ARGV[3])
  if held[1] and held[1] ~= ARGV[1] then return 0 end
  local token = tonumber(held[2] or '0')
  if token < fence or token == 0 then
    token = math.max(tonumber(redis.call('GET', KEYS[2]) or '0'), fence) + 1
    redis.call('SET', KEYS[2], token)
    redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'token', token)
  end
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return token`;

const release = `
  if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then redis.call('DEL', KEYS[1]) end`;
