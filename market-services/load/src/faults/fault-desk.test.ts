import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { listen, problemHandler, SproutError } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { faults } from './catalogue.ts';
import type { FaultEffect } from './fault.ts';
import { faultControl } from './fault-control.ts';
import { faultDesk } from './fault-desk.ts';
import { readFaults, recordFault } from './ground-truth.ts';

/** A desk whose effects only say what is asked of them. */
function quietDesk(
  options: {
    readonly unavailable?: FaultEffect['kind'];
    readonly data?: 'cluster';
    /** Kinds whose end fails, for as long as they are in it. */
    readonly endless?: Set<FaultEffect['kind']>;
  } = {},
) {
  const path = join(mkdtempSync(join(tmpdir(), 'faults-')), 'events.jsonl');
  const said: string[] = [];
  let seconds = 0;
  const desk = faultDesk({
    data: options.data ?? 'single',
    effectOf: ({ kind }) => ({
      begin: async () => {
        if (kind === options.unavailable) throw new SproutError('FAULT_UNAVAILABLE', 'not here');
        said.push(`begin ${kind}`);
      },
      end: async () => {
        if (options.endless?.has(kind)) throw new Error(`${kind} is away`);
        said.push(`end ${kind}`);
      },
    }),
    record: (event) => recordFault(path, event),
    onChange: () => undefined,
    onEndFailed: (name, reason) => void said.push(`${name}: ${reason}`),
    now: () => new Date(1000 * seconds++),
    retryMs: 20,
  });
  /** Windows: that a fault is about to begin is of use to who undoes it alone. */
  const events = () => readFaults(path).filter(({ event }) => event !== 'starting');
  return { desk, said, events, everything: () => readFaults(path) };
}

test('a fault starts and stops once, and its window is recorded', async () => {
  const { desk, said, events } = quietDesk();
  await desk.start('product-db-slow');
  await desk.start('product-db-slow');
  assert.equal(desk.activeSince('product-db-slow'), '1970-01-01T00:00:01.000Z');
  await desk.stop('product-db-slow');
  await desk.stop('product-db-slow');
  assert.deepEqual(said, ['begin proxy', 'end proxy']);
  assert.deepEqual(events(), [
    { fault: 'product-db-slow', event: 'started', at: '1970-01-01T00:00:01.000Z' },
    { fault: 'product-db-slow', event: 'stopped', at: '1970-01-01T00:00:02.000Z' },
  ]);
});

test('two faults that need the same thing exclude each other', async () => {
  const { desk } = quietDesk();
  await desk.start('product-db-slow');
  await assert.rejects(desk.start('product-db-cut'), { code: 'FAULT_CONFLICT' });
  await desk.start('order-db-slow');
  await desk.stop('product-db-slow');
  await desk.start('product-db-cut');
});

test('a fault that cannot be had here leaves nothing behind and no window', async () => {
  const { desk, said, events } = quietDesk({ unavailable: 'flags' });
  await assert.rejects(desk.start('product-bad-deploy'), { code: 'FAULT_UNAVAILABLE' });
  assert.deepEqual(said, ['begin deploy', 'end flags', 'end deploy']);
  assert.ok(events().every(({ event }) => event === 'stopped'));
  assert.equal(desk.activeSince('product-bad-deploy'), null);
});

test('a fault of a cluster says with one server each what it needs, and the other way round', async () => {
  const { desk, events } = quietDesk();
  const cluster = quietDesk({ data: 'cluster' });
  for (const name of ['replica-lagging', 'primary-lost', 'redis-node-lost']) {
    await assert.rejects(desk.start(name), {
      code: 'FAULT_UNAVAILABLE',
      message: `${name} needs the market with --data cluster`,
      hint: './sprout up --data cluster',
    });
    await cluster.desk.start(name);
  }
  await assert.rejects(cluster.desk.start('redis-down'), { hint: './sprout up --data single' });
  assert.deepEqual(events(), []);
  assert.deepEqual(cluster.said, ['begin replica-delay', 'begin role', 'begin role']);
});

test('the end of the process ends all faults', async () => {
  const { desk, said } = quietDesk();
  await desk.start('queue-stuck');
  await desk.start('disk-nearly-full');
  await desk.stopAll();
  assert.deepEqual(said.slice(2), ['end flags', 'end small-disk']);
});

test('what a killed process left active is ended by the next one', async () => {
  const { desk, said, events } = quietDesk();
  await desk.start('product-paused');
  await desk.start('redis-slow');
  await desk.stop('redis-slow');
  const next = quietDesk();
  await next.desk.recover(events());
  assert.deepEqual(next.said, ['end process']);
  assert.deepEqual(
    next.events().map(({ fault, event }) => `${fault} ${event}`),
    ['product-paused stopped'],
  );
  assert.equal(said.length, 3);
});

test('what a process was beginning when it was killed is ended by the next one', async () => {
  const { desk, everything } = quietDesk();
  await desk.start('disk-nearly-full');
  const [first] = everything();
  assert.equal(first?.event, 'starting');
  const next = quietDesk();
  await next.desk.recover([first]);
  assert.deepEqual(next.said, ['end small-disk']);
});

test('what was begun of a fault that cannot begin is tried to be ended until it is', async () => {
  const endless = new Set<FaultEffect['kind']>(['deploy']);
  const { desk } = quietDesk({ unavailable: 'flags', endless });
  await assert.rejects(desk.start('product-bad-deploy'), { code: 'FAULT_UNAVAILABLE' });
  assert.equal(desk.endFailure('product-bad-deploy'), 'deploy is away');
  endless.clear();
  await eventually('it is ended', () => desk.activeSince('product-bad-deploy') === null);
});

test('a fault that cannot be ended keeps no other from ending; those that hold processes end first', async () => {
  const endless = new Set(['redis-memory'] as const);
  const { desk, said, events } = quietDesk({ endless });
  for (const name of ['redis-evicting', 'queue-stuck', 'redis-down']) await desk.start(name);
  await assert.rejects(desk.stopAll(), /redis-evicting cannot be ended yet: redis-memory is away/);
  assert.deepEqual(said.slice(3), [
    'end process',
    'end flags',
    'redis-evicting: redis-memory is away',
  ]);
  const next = quietDesk();
  await next.desk.recover(events());
  assert.deepEqual(next.said, ['end redis-memory']);
});

test('what cannot be ended is tried again until it is, and says so meanwhile', async () => {
  const endless = new Set<FaultEffect['kind']>(['redis-memory']);
  const { desk, said, events } = quietDesk({ endless });
  await desk.recover([{ fault: 'redis-evicting', event: 'started', at: '1970-01-01T00:00:00Z' }]);
  assert.equal(desk.activeSince('redis-evicting'), '1970-01-01T00:00:00Z');
  assert.equal(desk.endFailure('redis-evicting'), 'redis-memory is away');
  await assert.rejects(desk.stop('redis-evicting'), { code: 'FAULT_NOT_ENDED' });
  await assert.rejects(desk.start('redis-evicting'), { code: 'FAULT_CONFLICT' });
  await desk.start('redis-down');
  endless.clear();
  await eventually('it is ended', () => desk.activeSince('redis-evicting') === null);
  assert.equal(said.at(-1), 'end redis-memory');
  assert.deepEqual(
    events().map(({ fault, event }) => `${fault} ${event}`),
    ['redis-down started', 'redis-evicting stopped'],
  );
  await desk.start('redis-evicting');
});

test('a torn line of the record hides no other', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'faults-')), 'events.jsonl');
  recordFault(path, { fault: 'redis-down', event: 'started', at: '1970-01-01T00:00:00Z' });
  appendFileSync(path, '{"fault":"redis-d');
  assert.deepEqual(
    readFaults(path).map(({ event }) => event),
    ['started'],
  );
});

test('over HTTP, unknown and excluded faults are named problems', async () => {
  const { desk } = quietDesk();
  const app = faultControl(desk).use(problemHandler((error) => assert.fail(String(error))));
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const ask = (method: string, name: string) => fetch(`${server.url}/faults/${name}`, { method });
  assert.equal((await ask('PUT', 'product-db-slow')).status, 200);
  const unknown = await ask('PUT', 'product-db-slwo');
  assert.equal(unknown.status, 404);
  assert.match(await unknown.text(), /FAULT_UNKNOWN.*product-db-slow/);
  const excluded = await ask('PUT', 'product-db-failing');
  assert.equal(excluded.status, 409);
  assert.match(await excluded.text(), /FAULT_CONFLICT.*fault stop product-db-slow/);
  await server.close();
});

test('there are at least twenty kinds, each with a name of its own', () => {
  assert.ok(faults.length >= 20);
  assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
});
