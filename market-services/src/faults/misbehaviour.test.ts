import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { listen, problemHandler } from '@sprout/process';
import type { Listening } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import type { Queue, Subscription } from '@sprout/queue';
import express from 'express';
import { followFlags } from './misbehaviour.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { setServiceFlags } from './service-flags.ts';

const place = { dataDir: mkdtempSync(join(tmpdir(), 'flags-')) };
let misbehaviour: Misbehaviour;
let server: Listening;

before(async () => {
  misbehaviour = followFlags(place, 'shop', () => 0.4);
  const app = express();
  app.use(misbehaviour.middleware);
  app.get('/', (_request, response) => void response.send('ok'));
  app.use(problemHandler(() => undefined));
  server = await listen(app, { host: '127.0.0.1', port: 0 });
});
after(async () => {
  misbehaviour.stop();
  await server.close();
});

const status = async () => (await fetch(server.url)).status;

test('a service without flags behaves, whatever is asked of others', async () => {
  setServiceFlags(place, 'other', { failFraction: 1 });
  assert.equal(await status(), 200);
});

test('requests fail by the fraction that is asked for, until it is taken back', async () => {
  setServiceFlags(place, 'shop', { failFraction: 0.5 });
  await eventually('it fails', async () => (await status()) === 500);
  setServiceFlags(place, 'shop', { failFraction: 0.3 });
  await eventually('it answers', async () => (await status()) === 200);
  setServiceFlags(place, 'shop', undefined);
});

test('the clock steps ahead and back', async () => {
  const real = () => performance.timeOrigin + performance.now();
  setServiceFlags(place, 'shop', { clockStepMs: 600_000 });
  await eventually('the step', () => Date.now() - real() > 590_000);
  assert.ok(new Date().getTime() - real() > 590_000);
  assert.equal(new Date(0).toISOString(), '1970-01-01T00:00:00.000Z');
  assert.ok(new Date() instanceof Date);
  setServiceFlags(place, 'shop', undefined);
  await eventually('the real time', () => Math.abs(Date.now() - real()) < 5_000);
});

test('a busy service leaves little time to others', async () => {
  setServiceFlags(place, 'shop', { busyFraction: 0.9 });
  await eventually('the event loop is busy', async () => {
    const begin = performance.eventLoopUtilization();
    await new Promise((resolve) => setTimeout(resolve, 400));
    return performance.eventLoopUtilization(begin).utilization > 0.6;
  });
  setServiceFlags(place, 'shop', undefined);
});

test('messages wait while the queue is stuck, and are not counted as failures', async () => {
  const handled: string[] = [];
  let seen: Subscription | undefined;
  const queue: Queue = {
    publish: async () => undefined,
    consume: (subscription) => {
      seen = subscription;
      return { stop: async () => undefined };
    },
  };
  misbehaviour.onQueue(queue).consume({
    stream: 'orders',
    group: 'shop',
    consumer: 'shop-1',
    isPassing: () => false,
    handle: async ({ id }) => {
      handled.push(id);
      return 'processed';
    },
  });
  assert.ok(seen !== undefined);
  const message = { id: '1', type: 'order.created', body: {}, headers: {} };
  const { handle, isPassing } = seen;
  setServiceFlags(place, 'shop', { queueStuck: true });
  const stuck = await eventually('it is stuck', () =>
    handle(message).then(
      () => undefined,
      (error: unknown) => ({ error }),
    ),
  );
  assert.equal(isPassing(stuck.error), true);
  assert.equal(isPassing(new Error('other')), false);
  const before = handled.length;
  setServiceFlags(place, 'shop', undefined);
  await eventually('it goes on', () => handle(message).catch(() => undefined));
  assert.equal(handled.length, before + 1);
});
