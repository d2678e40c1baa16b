import { redisMemory } from '@sprout/data/servers';
import type { Redis } from 'ioredis';
import type { Effect } from './effect.ts';
import { connected, withRedis } from './with-redis.ts';

/** What a filler takes, with its name, is a quarter of a mebibyte of memory. */
const fillerBytes = 256 * 1024 - 64;
/** Fillers that fit above what Redis holds when the fault begins. */
const fittingCount = 32;
/** More than fit, so that each round throws something out. */
const fillerCount = 48;
/** Names that are tried, as a node of a cluster takes but the keys of its slots. */
const namesTried = 400;
/**
 * Longer than a cached page lives on, shorter than a lease or a session: what has the shortest time
 * to live goes first, so pages make room for fillers, and fillers for everything else.
 */
const fillerMs = 10_000;
const roundMs = 500;

/**
 * Fills the memory of Redis with keys of its own and holds it there, so that pages of caches are
 * thrown out as soon as they come. Sessions and leases stay, and nothing is refused: whatever grows
 * takes the place of fillers, and the limit is raised as it does.
 */
export function redisMemoryEffect(servers: readonly (() => Redis)[]): Effect {
  const clients: Redis[] = [];
  let timer: NodeJS.Timeout | undefined;
  return {
    begin: async () => {
      for (const connect of servers) clients.push(await connected(connect));
      const presses = await Promise.all(clients.map(squeeze));
      // A server that is lost meanwhile fails its rounds, and is pressed again when it is back.
      const round = () => void Promise.allSettled(presses.map((press) => press()));
      timer = setInterval(round, roundMs);
    },
    end: async () => {
      clearInterval(timer);
      for (const redis of clients.splice(0)) redis.disconnect();
      await Promise.all(servers.map((connect) => withRedis(connect, relieve)));
    },
  };
}

/**
 * Fills a server up to a new limit. What it returns puts back fillers that were thrown out, and
 * raises the limit where few were left.
 */
async function squeeze(redis: Redis): Promise<() => Promise<void>> {
  const names = await namesOf(redis);
  let limitBytes = (await usedBytes(redis)) + fittingCount * fillerBytes;
  const setLimit = () => redis.config('SET', 'maxmemory', limitBytes);
  await redis.config('SET', 'maxmemory-policy', 'volatile-ttl');
  // With as many samples as there can be, the shortest time to live is nearly always found.
  await redis.config('SET', 'maxmemory-samples', 64);
  await setLimit();
  await fill(redis, names);
  return async () => {
    const left = await countOf(redis, names);
    if (names.length > 0 && left < fittingCount / 2) {
      limitBytes += (fittingCount - left) * fillerBytes;
      await setLimit();
    }
    await fill(redis, names);
  };
}

async function relieve(redis: Redis): Promise<void> {
  await redis.config('SET', 'maxmemory', redisMemory.max);
  await redis.config('SET', 'maxmemory-policy', redisMemory.policy);
  await redis.config('SET', 'maxmemory-samples', redisMemory.samples);
}

/** Names of fillers that this server takes; a replica takes none. */
async function namesOf(redis: Redis): Promise<string[]> {
  const names = Array.from({ length: namesTried }, (_, index) => `fault:filler:${index}`);
  const answers = await eachOf(redis, names, (name) => ['exists', name]);
  return names.filter((_, index) => answers[index]?.[0] === null).slice(0, fillerCount);
}

async function countOf(redis: Redis, names: readonly string[]): Promise<number> {
  const answers = await eachOf(redis, names, (name) => ['exists', name]);
  return answers.filter(([, exists]) => exists === 1).length;
}

/**
 * Makes zeros, which cost neither the network nor the log of Redis anything. In one step: a filler
 * without a time to live would push everything else out.
 */
const makeFiller =
  "redis.call('setrange', KEYS[1], ARGV[1], '.') return redis.call('pexpire', KEYS[1], ARGV[2])";

async function fill(redis: Redis, names: readonly string[]): Promise<void> {
  await eachOf(redis, names, (name) => ['eval', makeFiller, 1, name, fillerBytes - 1, fillerMs]);
}

type Answers = readonly (readonly [error: Error | null, answer: unknown])[];

async function eachOf(
  redis: Redis,
  names: readonly string[],
  command: (name: string) => (string | number)[],
): Promise<Answers> {
  return (await redis.pipeline(names.map(command)).exec()) ?? [];
}

async function usedBytes(redis: Redis): Promise<number> {
  const found = /^used_memory:(\d+)/m.exec(await redis.info('memory'));
  return Number(found?.[1] ?? 0);
}
