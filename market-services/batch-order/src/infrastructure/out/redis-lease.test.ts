import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedis } from '@sprout/data';
import { redisProcess } from '@sprout/data/servers';
import { listener } from '@sprout/process';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import type { RedisClient } from '@sprout/data';
import { createRedisLease } from './redis-lease.ts';

let servers: PrivateProcesses;
let redis: RedisClient;
const telemetry = quietTelemetry();

before(async () => {
  servers = await startPrivately([redisProcess()], { redis: listener('redis', 'redis') });
  const patience = { commandTimeoutMs: 1_000 };
  redis = createRedis(servers.config, servers.config.market.redis, { telemetry, patience });
  await eventually('redis answers', async () => (await redis.ping()) || undefined);
});

after(async () => {
  redis.disconnect();
  await servers.stop();
  await telemetry.shutdown();
});

let tokens = 0;
const lease = (ttlMs: number) =>
  createRedisLease(redis, { ttlMs, newToken: () => String((tokens += 1)) });

test('of many who want to work at once one does', async () => {
  const worked = await Promise.all(
    Array.from({ length: 10 }, () => lease(5_000).hold('one', () => sleep(300, 'worked'))),
  );
  assert.equal(worked.filter((result) => result === 'worked').length, 1);
  assert.equal(await lease(5_000).hold('one', async () => 'next'), 'next');
});

test('the lease lasts as long as the work, also beyond its time to live', async () => {
  const first = lease(600).hold('long', () => sleep(1_500, 'worked'));
  await sleep(1_100);
  assert.equal(await lease(600).hold('long', async () => 'second'), undefined);
  assert.equal(await first, 'worked');
});

test('who loses the lease is told, and leaves that of the next alone', async () => {
  const told = lease(800).hold('lost', async (signal) => {
    await redis.set('batch:lost:lease', 'another', 'PX', 60_000);
    await eventually('told', () => signal.aborted || undefined);
    return 'told';
  });
  assert.equal(await told, 'told');
  assert.equal(await redis.get('batch:lost:lease'), 'another');
});

test('work that fails gives the lease back', async () => {
  const failing = lease(60_000).hold('failing', () => Promise.reject(new Error('no')));
  await assert.rejects(failing, /no/);
  assert.equal(await lease(60_000).hold('failing', async () => 'next'), 'next');
});
