import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { dataServers } from '@sprout/data/servers';
import { startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { readRunFile } from '@sprout/process';
import type { ProcessSpec } from '@sprout/process';
import { processIdentity } from '@sprout/process/supervisor';
import { eventually } from '@sprout/process/testing';
import { faultNames } from '../load/src/faults/catalogue.ts';
import { loadProcesses } from '../load/src/processes.ts';
import { serviceProcesses } from '../src/processes.ts';

/** Each fault shows, and is gone when it is stopped or when the process that made it ends. */
let market: PrivateProcesses;

before(async () => {
  const faults = loadProcesses().filter(({ name }) => name === 'faults');
  market = await startPrivately((config) => [
    ...dataServers(config),
    ...faults,
    ...serviceProcesses(config),
    ...['collector', 'prometheus', 'load'].map(standIn),
  ]);
});
after(() => market?.stop());

/** Something that runs under the name of a process that faults kill or stop. */
function standIn(name: string): ProcessSpec {
  return {
    name,
    tools: [],
    after: [],
    addresses: () => ({}),
    command: () => ({ file: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] }),
    health: async () => undefined,
  };
}

const url = (name: string): string => readRunFile(market.config, name)?.addresses['http'] ?? '';

async function fault(method: 'PUT' | 'DELETE', name: string): Promise<void> {
  const response = await fetch(`${url('faults')}/faults/${name}`, { method });
  assert.equal(response.status, 200, await response.text());
}

interface Answer {
  /** 0 when nobody answers. */
  readonly status: number;
  readonly ms: number;
}

async function read(service: string, path: string): Promise<Answer> {
  const beganMs = performance.now();
  const signal = AbortSignal.timeout(8_000);
  const status = await fetch(url(service) + path, { signal }).then(
    (response) => response.status,
    () => 0,
  );
  return { status, ms: performance.now() - beganMs };
}

const product = () => read('product', '/products/999999999999999999');
const order = () => read('order', '/orders/999999999999999999');

/** Milliseconds until Redis says anything through its proxy; Infinity when it does not. */
function redisMs(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const [host, port] = (readRunFile(market.config, 'faults')?.addresses['redis'] ?? '').split(':');
  const beganMs = performance.now();
  const socket = connect(Number(port), host);
  socket.setTimeout(2_000, () => socket.destroy());
  socket.on('connect', () => socket.write('PING\r\n'));
  socket.on('data', () => {
    resolve(performance.now() - beganMs);
    socket.destroy();
  });
  // That nobody answers is told by the end of the socket.
  socket.on('error', () => undefined);
  socket.on('close', () => resolve(Infinity));
  return promise;
}

/** Whether a process runs and is not held. */
function runs(name: string): boolean {
  const pid = processIdentity(market.config.dataDir, name)?.pid;
  if (pid === undefined) return false;
  try {
    return !/^State:\s+[TZ]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    // It has just been killed.
    return false;
  }
}

/** How a fault shows, and how its end does. */
interface Shown {
  readonly shows: () => boolean | Promise<boolean>;
  readonly gone: () => boolean | Promise<boolean>;
}

/** A process that is away and comes back. */
const held = (name: string): Shown => ({ shows: () => !runs(name), gone: () => runs(name) });
/** A service that does not answer and does again. */
const silent = (name: string): Shown => ({
  shows: () => !runs(name),
  gone: async () => runs(name) && (await read(name, '/healthz')).status === 200,
});
const slow = (ask: () => Promise<Answer>, ms: number): Shown => ({
  shows: async () => (await ask()).ms > ms,
  gone: async () => (await ask()).ms < ms / 2,
});
const failing: Shown = {
  shows: async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, product));
    return answers.some(({ status }) => status === 503);
  },
  gone: async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, product));
    return answers.every(({ status }) => status === 404);
  },
};
const noRedis: Shown = {
  shows: async () => (await redisMs()) === Infinity,
  gone: async () => (await redisMs()) < 2_000,
};

const kinds: Readonly<Record<string, Shown>> = {
  'order-db-slow': slow(order, 2_400),
  'product-db-failing': failing,
  'product-db-cut': failing,
  'mariadb-down': failing,
  'redis-slow': {
    shows: async () => (await redisMs()) >= 400,
    gone: async () => (await redisMs()) < 400,
  },
  'redis-cut': noRedis,
  'redis-down': noRedis,
  'product-down': silent('product'),
  'account-down': silent('account'),
  'gateway-down': silent('gateway'),
  'product-paused': silent('product'),
  'order-slow': slow(order, 2_900),
  'collector-down': held('collector'),
  'prometheus-down': held('prometheus'),
  'traffic-gone': held('load'),
};

for (const [name, { shows, gone }] of Object.entries(kinds)) {
  test(`${name} shows, and is gone when it is stopped`, async () => {
    await eventually('all is well', gone, 30_000);
    await fault('PUT', name);
    await eventually('it shows', shows, 20_000);
    await fault('DELETE', name);
    await eventually('it is gone', gone, 30_000);
  });
}

/** Proxies, processes and flags, as many as go with each other. */
const together = [
  'order-db-slow',
  'order-slow',
  'product-db-cut',
  'redis-cut',
  'account-down',
  'gateway-down',
  'collector-down',
  'prometheus-down',
  'traffic-gone',
];

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} of the process that made them ends all faults at once`, async () => {
    for (const name of together) await fault('PUT', name);
    for (const name of together) await eventually(`${name} shows`, kinds[name]!.shows, 20_000);
    const before = readRunFile(market.config, 'faults')?.pid;
    await market.stack.kill('faults', signal);
    await eventually('a successor', () => {
      const pid = readRunFile(market.config, 'faults')?.pid;
      return pid !== undefined && pid !== before;
    });
    for (const name of together) await eventually(`${name} is gone`, kinds[name]!.gone, 60_000);
  });
}

/** Shown by faults.test.ts, or on a cluster by cluster-faults.test.ts. */
const elsewhere = [
  'product-db-slow',
  'product-db-flapping',
  'redis-evicting',
  'queue-stuck',
  'queue-poison',
  'order-failing',
  'account-leaking',
  'account-busy',
  'product-bad-deploy',
  'order-clock-ahead',
  'disk-nearly-full',
  'replica-lagging',
  'primary-lost',
  'redis-node-lost',
];

test('there is no fault that no test has shown on real processes', () => {
  assert.deepEqual([...Object.keys(kinds), ...elsewhere].toSorted(), faultNames.toSorted());
});
