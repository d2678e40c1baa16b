import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { MarketAccess } from '@sprout/process';
import type { RedisClient } from '@sprout/data';
import { z } from 'zod';
import { roles } from '../../../src/roles.ts';

const sessionSchema = z.object({
  subject: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  /** Tells the provider at logout whose session ends. */
  idToken: z.string(),
});
const storedSchema = sessionSchema.extend({ secretDigest: z.string(), beganAtMs: z.number() });

export type Session = z.infer<typeof sessionSchema>;

/** Sessions of people. Every method rejects while Redis is away. */
export interface Sessions {
  /** Begins a session and returns the cookie's value; the person's former session ends with it. */
  begin(session: Session): Promise<string>;
  find(cookie: string): Promise<Session | undefined>;
  end(cookie: string): Promise<void>;
}

/**
 * One key of Redis per person, so a new login takes the place of the old one by itself, on a
 * cluster too. The cookie names the person's key and holds a secret; Redis has only its digest,
 * so who reads Redis cannot take over a session.
 */
export function createSessions(
  redis: RedisClient,
  { idleSeconds, maxSeconds }: MarketAccess['session'],
  now: () => number = Date.now,
): Sessions {
  const read = async (cookie: string) => {
    const [person = '', secret = ''] = cookie.split('.');
    if (!/^[\w-]{22}$/.test(person)) return undefined;
    const text = await redis.get(keyOf(person));
    if (text === null) return undefined;
    const stored = storedSchema.parse(JSON.parse(text));
    if (!isSame(stored.secretDigest, digest(secret))) return undefined;
    return stored.beganAtMs + maxSeconds * 1000 > now() ? { person, stored } : undefined;
  };
  return {
    begin: async (session) => {
      const person = digest(session.subject).slice(0, 22);
      const secret = randomBytes(32).toString('base64url');
      const stored = { ...session, secretDigest: digest(secret), beganAtMs: now() };
      await redis.set(keyOf(person), JSON.stringify(stored), 'EX', idleSeconds);
      return `${person}.${secret}`;
    },
    find: async (cookie) => {
      const found = await read(cookie);
      if (found === undefined) return undefined;
      // Nobody waits for the time of idleness to start anew.
      redis.expire(keyOf(found.person), idleSeconds).catch(() => undefined);
      return sessionSchema.parse(found.stored);
    },
    end: async (cookie) => {
      const found = await read(cookie);
      if (found !== undefined) await redis.del(keyOf(found.person));
    },
  };
}

function keyOf(person: string): string {
  return `session:${person}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
