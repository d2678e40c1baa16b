import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRedis } from '@sprout/data';
import { redisProcess } from '@sprout/data/servers';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { listener } from '@sprout/process';
import type { RedisClient } from '@sprout/data';
import type { Consumption, Message, Queue, Subscription } from './queue.ts';
import { createRedisStreams } from './redis-streams.ts';

const telemetry = quietTelemetry();
const endpoint = listener('redis', 'redis');
let servers: PrivateProcesses;
let redis: RedisClient;
let queue: Queue;
const consumptions: Consumption[] = [];

before(async () => {
  servers = await startPrivately([redisProcess()]);
  redis = createRedis(servers.config, endpoint, {
    telemetry,
    patience: { commandTimeoutMs: 1_000 },
  });
  await eventually('redis answers', async () => (await redis.ping()) || undefined);
  queue = createRedisStreams({
    redis,
    telemetry,
    connectBlocking: () =>
      createRedis(servers.config, endpoint, { telemetry, patience: 'blocking' }),
    limits: { claimAfterMs: 200, attemptsMax: 3, blockMs: 100 },
  });
});

after(async () => {
  await Promise.all(consumptions.map((consumption) => consumption.stop()));
  redis.disconnect();
  await servers.stop();
  await telemetry.shutdown();
});

let ids = 0;
const message = (body: unknown): Message => ({
  id: String(++ids),
  type: 'thing.happened',
  body,
  headers: {},
});

function consume(
  stream: string,
  handle: Subscription['handle'],
  more: Partial<Subscription> = {},
): Consumption {
  const consumption = queue.consume({
    stream,
    group: 'readers',
    consumer: 'reader-1',
    isPassing: () => false,
    handle,
    ...more,
  });
  consumptions.push(consumption);
  return consumption;
}

const pending = async (stream: string) => Number((await redis.xpending(stream, 'readers'))[0]);

test('messages arrive whole and in order, and are acknowledged', async () => {
  const bodies: unknown[] = [];
  for (const body of [{ text: '떡볶이' }, [1, 2], null])
    await queue.publish('plain', message(body));
  consume('plain', async ({ body }) => {
    bodies.push(body);
    return 'processed';
  });
  await eventually('all three arrive', () => bodies.length === 3 || undefined);
  assert.deepEqual(bodies, [{ text: '떡볶이' }, [1, 2], null]);
  await eventually('nothing is pending', async () => (await pending('plain')) === 0 || undefined);
});

test('a message that fails is tried again and others are not held up', async () => {
  const handled: unknown[] = [];
  let failures = 0;
  await queue.publish('shaky', message('shaky'));
  await queue.publish('shaky', message('sound'));
  consume('shaky', async ({ body }) => {
    if (body === 'shaky' && ++failures < 3) throw new Error('not yet');
    handled.push(body);
    return 'processed';
  });
  await eventually('both are handled', () => handled.length === 2 || undefined);
  assert.deepEqual(handled, ['sound', 'shaky']);
  assert.equal(await redis.exists('shaky:readers:attempts'), 0);
});

test('a subscription may handle several messages at once, and no more', async () => {
  let running = 0;
  let most = 0;
  let handled = 0;
  for (let i = 0; i < 12; i++) await queue.publish('wide', message(i));
  consume(
    'wide',
    async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 30));
      running -= 1;
      handled += 1;
      return 'processed';
    },
    { parallel: 3 },
  );
  await eventually('all are handled', () => handled === 12 || undefined);
  assert.equal(most, 3);
});

test('a message that always fails ends among the dead, with its reason', async () => {
  let attempts = 0;
  await queue.publish('hopeless', message('hopeless'));
  consume('hopeless', async () => {
    attempts += 1;
    throw new Error('never');
  });
  const dead = await eventually('it is dead', async () => {
    const entries = await redis.xrange('{hopeless}:dead', '-', '+');
    return entries.length > 0 ? entries : undefined;
  });
  assert.equal(attempts, 3);
  assert.equal(await pending('hopeless'), 0);
  assert.ok(dead[0]?.[1].includes('Error: never'));
});

test('an entry that is no message ends among the dead', async () => {
  await redis.xadd('garbled', '*', 'body', '{');
  consume('garbled', async () => 'processed');
  await eventually('it is dead', async () => (await redis.xlen('{garbled}:dead')) || undefined);
});

test('a failure that passes is waited out, however often it happens', async () => {
  let attempts = 0;
  const waiting = consume(
    'patient',
    async () => {
      attempts += 1;
      if (attempts < 4) throw new Error('database away');
      return 'processed';
    },
    { isPassing: () => true },
  );
  await queue.publish('patient', message('patient'));
  await eventually('it is handled', async () =>
    attempts === 4 && (await pending('patient')) === 0 ? true : undefined,
  );
  assert.equal(await redis.xlen('{patient}:dead'), 0);
  await waiting.stop();
});

test('what a dead consumer had begun is taken over by another', async () => {
  await queue.publish('orphaned', message('orphan'));
  await redis.xgroup('CREATE', 'orphaned', 'readers', '0', 'MKSTREAM');
  await redis.xreadgroup('GROUP', 'readers', 'gone', 'COUNT', 1, 'STREAMS', 'orphaned', '>');
  const handled: unknown[] = [];
  consume('orphaned', async ({ body }) => {
    handled.push(body);
    return 'processed';
  });
  await eventually('it is taken over', () => handled.length === 1 || undefined);
});

test('consuming goes on after Redis was killed, with what had been published', async () => {
  const handled = new Set<unknown>();
  consume('survivor', async ({ body }) => {
    handled.add(body);
    return 'processed';
  });
  await queue.publish('survivor', message('before'));
  servers.stack.kill('redis');
  await eventually('publishing works again', () =>
    queue.publish('survivor', message('after')).then(
      () => true as const,
      () => undefined,
    ),
  );
  await eventually('both arrive', () => handled.size === 2 || undefined);
});

test('the consumer works in the trace of the publisher', async () => {
  let seen: string | undefined;
  let published: string | undefined;
  consume('traced', async () => {
    seen = telemetry.currentTraceId();
    return 'processed';
  });
  await telemetry.span('request', {}, async () => {
    published = telemetry.currentTraceId();
    const headers: Record<string, string> = {};
    telemetry.inject(headers);
    await queue.publish('traced', { ...message('traced'), headers });
  });
  await eventually('it arrives', () => seen);
  assert.match(published ?? '', /^[0-9a-f]{32}$/);
  assert.equal(seen, published);
});
