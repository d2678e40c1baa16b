import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRequests } from '@sprout/signals/catalogue';
import type { RedisClient } from './redis.ts';
import type { Telemetry } from './telemetry.ts';

/** Pages of a list, kept in Redis for a while. */
export interface PageCache {
  /** The cached page, or what `load` returns, which is cached then. A broken cache only costs time. */
  read<T>(request: PageRequest, load: () => Promise<T>): Promise<T>;
  /** Call after each committed write: no page loaded before it is served again. */
  invalidate(): Promise<void>;
}

export interface PageRequest {
  readonly page: number;
  readonly size: number;
}

export interface PageCacheOptions {
  /** Before `::` in the keys, for example `orders` or `product`. */
  readonly name: string;
  readonly telemetry: Telemetry;
  /** Default 10. */
  readonly ttlSeconds?: number;
  /** Makes a value that no version had before. */
  readonly newVersion: () => string;
}

const retryAfterMs = 100;

/**
 * A page is stored with the version of its list, read before the database was. A write changes
 * the version, so a page that was being loaded meanwhile is stored under a version nobody asks for.
 */
export function createPageCache(
  redis: RedisClient,
  { name, telemetry, ttlSeconds = 10, newVersion }: PageCacheOptions,
): PageCache {
  const requests = telemetry.bind(cacheRequests);
  const count = (outcome: 'hit' | 'miss' | 'error') => requests.inc({ cache: name, outcome });
  const versionKey = `${name}::version`;
  /** An invalidation that failed; until it succeeds nothing may be read from the cache. */
  let stale = false;
  const renewVersion = async () => {
    await withOneRetry(() => redis.set(versionKey, newVersion()));
    stale = false;
  };
  return {
    read: async <T>(request: PageRequest, load: () => Promise<T>) => {
      const key = pageKey(name, request);
      const found = await lookUp(redis, versionKey, key, stale ? renewVersion : undefined);
      count(found.outcome);
      if (found.outcome === 'hit') return found.page as T;
      const page = await load();
      if (found.outcome === 'miss') store(redis, key, { version: found.version, page }, ttlSeconds);
      return page;
    },
    invalidate: async () => {
      try {
        await renewVersion();
      } catch (error) {
        stale = true;
        telemetry.logger.warn('page cache not invalidated, reading past it', {
          cache: name,
          'exception.message': String(error),
        });
      }
    },
  };
}

type LookUp =
  | { readonly outcome: 'hit'; readonly page: unknown }
  | { readonly outcome: 'miss'; readonly version: string }
  | { readonly outcome: 'error' };

async function lookUp(
  redis: RedisClient,
  versionKey: string,
  key: string,
  repair: (() => Promise<void>) | undefined,
): Promise<LookUp> {
  try {
    await repair?.();
    // Two commands, as the keys of a cluster may lie on two nodes; they travel together.
    const [version, stored] = await withOneRetry(() =>
      Promise.all([redis.get(versionKey), redis.get(key)]),
    );
    return judge(version ?? '', stored ?? null);
  } catch {
    // The database answers instead; the look-up is counted as an error.
    return { outcome: 'error' };
  }
}

function judge(version: string, stored: string | null): LookUp {
  if (stored === null) return { outcome: 'miss', version };
  const entry = JSON.parse(stored) as { version: string; page: unknown };
  return entry.version === version
    ? { outcome: 'hit', page: entry.page }
    : { outcome: 'miss', version };
}

function store(redis: RedisClient, key: string, entry: object, ttlSeconds: number): void {
  redis.set(key, JSON.stringify(entry), 'EX', ttlSeconds).catch(() => {
    // The page is only read from the database once more.
  });
}

function pageKey(name: string, { page, size }: PageRequest): string {
  return `${name}::Page request [number: ${page}, size ${size}]`;
}

async function withOneRetry<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch {
    // One more try, as a reconnect takes less than this; a second failure is the caller's.
    await sleep(retryAfterMs);
    return command();
  }
}
