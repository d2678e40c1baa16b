import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listener } from '@sprout/process';
import { createPageCache } from './page-cache.ts';
import type { PageCache } from './page-cache.ts';
import { createAdminRedis } from './redis.ts';
import type { RedisClient } from './redis.ts';
import { redisProcess } from './servers/index.ts';
import { quietTelemetry, startPrivately } from './testing/private-processes.ts';
import { eventually } from '@sprout/process/testing';
import type { PrivateProcesses } from './testing/private-processes.ts';

const telemetry = quietTelemetry();
const page = { page: 0, size: 20 };
let servers: PrivateProcesses;
let redis: RedisClient;
let versions = 0;

before(async () => {
  servers = await startPrivately([redisProcess()]);
  const patience = { commandTimeoutMs: 100 };
  redis = createAdminRedis(servers.config, listener('redis', 'redis'), { telemetry, patience });
  await ready();
});

after(async () => {
  redis.disconnect();
  await servers.stop();
  await telemetry.shutdown();
});

const ready = () => eventually('redis answers', async () => (await redis.ping()) || undefined);

function cacheNamed(name: string): PageCache {
  return createPageCache(redis, { name, telemetry, newVersion: () => String(++versions) });
}

test('a page is loaded once and then served from the cache', async () => {
  const cache = cacheNamed('orders');
  assert.equal(await cache.read(page, async () => 'first'), 'first');
  await eventually('the page is stored', async () => (await redis.dbsize()) || undefined);
  assert.equal(await cache.read(page, async () => 'second'), 'first');
  assert.deepEqual(await redis.keys('orders::Page request*'), [
    'orders::Page request [number: 0, size 20]',
  ]);
  const ttl = await redis.ttl('orders::Page request [number: 0, size 20]');
  assert.ok(ttl > 0 && ttl <= 10, `lives ${ttl} s`);
});

test('after a write no page from before it is served', async () => {
  const cache = cacheNamed('written');
  await cache.read(page, async () => 'before');
  await cache.invalidate();
  assert.equal(await cache.read(page, async () => 'after'), 'after');
});

test('a page that was being loaded during a write is not served after it', async () => {
  const cache = cacheNamed('raced');
  const loaded = Promise.withResolvers<string>();
  const loading = Promise.withResolvers<void>();
  const reading = cache.read(page, () => {
    loading.resolve();
    return loaded.promise;
  });
  await loading.promise;
  await cache.invalidate();
  loaded.resolve('old');
  assert.equal(await reading, 'old');
  await eventually('the old page is stored', async () =>
    (await redis.exists('raced::Page request [number: 0, size 20]')) === 1 ? true : undefined,
  );
  assert.equal(await cache.read(page, async () => 'new'), 'new');
});

test('a frozen cache costs three tenths of a second and the answer is right', async () => {
  const cache = cacheNamed('frozen');
  await cache.read(page, async () => 'cached');
  servers.stack.kill('redis', 'SIGSTOP');
  const startMs = performance.now();
  const answer = await cache.read(page, async () => 'from the database');
  const tookMs = performance.now() - startMs;
  servers.stack.kill('redis', 'SIGCONT');
  assert.equal(answer, 'from the database');
  assert.ok(tookMs >= 290 && tookMs < 2_000, `took ${Math.round(tookMs)} ms`);
  await ready();
});

test('a write while the cache is away is not forgotten when the cache is back', async () => {
  const cache = cacheNamed('away');
  await cache.read(page, async () => 'old');
  servers.stack.kill('redis', 'SIGSTOP');
  await cache.invalidate();
  assert.equal(await cache.read(page, async () => 'new'), 'new');
  servers.stack.kill('redis', 'SIGCONT');
  await ready();
  assert.equal(await cache.read(page, async () => 'newer'), 'newer');
});

test('a killed cache is found again', async () => {
  const cache = cacheNamed('killed');
  servers.stack.kill('redis');
  assert.equal(await cache.read(page, async () => 'right'), 'right');
  await ready();
  await cache.read(page, async () => 'right');
});
