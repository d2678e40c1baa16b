import { randomBytes } from 'node:crypto';
import type { RedisClient } from '@sprout/data';
import { z } from 'zod';

const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Path to go to afterwards. */
  returnTo: z.string(),
});

/** What must be remembered between the way to the provider and the way back. */
export type LoginAttempt = z.infer<typeof attemptSchema>;

export interface LoginAttempts {
  begin(attempt: LoginAttempt): Promise<string>;
  /** Each attempt can be taken once. */
  take(id: string): Promise<LoginAttempt | undefined>;
}

/** How long somebody may take to sign in. */
export const attemptSeconds = 600;

/** Login attempts in Redis; every method rejects while it is away. */
export function createLoginAttempts(redis: RedisClient): LoginAttempts {
  return {
    begin: async (attempt) => {
      const id = randomBytes(16).toString('base64url');
      await redis.set(keyOf(id), JSON.stringify(attempt), 'EX', attemptSeconds);
      return id;
    },
    take: async (id) => {
      if (!/^[\w-]{22}$/.test(id)) return undefined;
      const text = await redis.getdel(keyOf(id));
      return text === null ? undefined : attemptSchema.parse(JSON.parse(text));
    },
  };
}

function keyOf(id: string): string {
  return `login:${id}`;
}
