import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAdminRedis, createRedis } from '@sprout/data';
import type { RedisClient } from '@sprout/data';
import { redisProcess } from '@sprout/data/servers';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { listener } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import type { Queue } from './queue.ts';
import { redisDeadLetters } from './redis-dead-letters.ts';
import { redisStreamState } from './redis-stream-state.ts';
import { createRedisStreams } from './redis-streams.ts';
import { queueContract } from './testing/queue-contract.ts';

const signOfLifeMs = 200;

const telemetry = quietTelemetry();
const endpoint = listener('redis', 'redis');
const patience = { commandTimeoutMs: 1_000 };
let servers: PrivateProcesses;
let redis: RedisClient;
let queue: Queue;

queueContract(async () => {
  servers = await startPrivately([redisProcess()]);
  redis = createRedis(servers.config, endpoint, { telemetry, patience });
  await eventually('redis answers', () => redis.ping());
  queue = createRedisStreams({
    redis,
    telemetry,
    connectBlocking: () =>
      createRedis(servers.config, endpoint, { telemetry, patience: 'blocking' }),
    limits: { claimAfterMs: 200, attemptsMax: 3, blockMs: 100, signOfLifeMs },
  });
  return {
    queue,
    telemetry,
    dead: redisDeadLetters(redis),
    look: redisStreamState(redis, { signOfLifeMs }),
    unsettled: async (stream) => Number((await redis.xpending(stream, 'readers'))[0]),
    publishGarbage: async (stream) => void (await redis.xadd(stream, '*', 'body', '{')),
    orphan: async (stream) => {
      await redis.xgroup('CREATE', stream, 'readers', '0', 'MKSTREAM');
      await redis.xreadgroup('GROUP', 'readers', 'gone', 'COUNT', 1, 'STREAMS', stream, '>');
    },
    killServer: () => servers.stack.kill('redis'),
    stop: async () => {
      redis.disconnect();
      await servers.stop();
      await telemetry.shutdown();
    },
  };
});

test('what Redis refuses is told, of one message and of several', async () => {
  await redis.set('no-stream', 'taken');
  const message = { type: 'thing.happened', body: null, headers: {} };
  const [first, second] = [
    { ...message, id: '1' },
    { ...message, id: '2' },
  ];
  await assert.rejects(queue.publish('no-stream', [first]), /WRONGTYPE/);
  await assert.rejects(queue.publish('no-stream', [first, second]), /WRONGTYPE/);
  const admin = createAdminRedis(servers.config, endpoint, { telemetry, patience });
  await eventually('redis answers', () => admin.ping());
  await admin.config('SET', 'maxmemory', '1');
  await assert.rejects(queue.publish('full', [first, second]), /OOM/);
  await admin.config('SET', 'maxmemory', '0');
  assert.equal(await redis.exists('full'), 0);
  admin.disconnect();
});
