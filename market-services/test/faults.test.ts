import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createAdminRedis } from '@sprout/data';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import type { Redis } from 'ioredis';
import { listener, readRunFile } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { processIdentity } from '@sprout/process/supervisor';
import { z } from 'zod';
import { loadProcesses } from '../load/src/processes.ts';
import { dataServers } from '@sprout/data/servers';
import { serviceProcesses } from '../src/processes.ts';
import { createOrderDesk } from './order-desk.ts';

/** What each kind of fault does to a real market, and that nothing of it is left afterwards. */
let market: PrivateProcesses;

before(async () => {
  const faults = loadProcesses().filter(({ name }) => name === 'faults');
  market = await startPrivately(
    (config) => [...dataServers(config), ...faults, ...serviceProcesses(config)],
    {},
  );
});
after(async () => {
  for (const redis of opened) redis.disconnect();
  await market?.stop();
  await telemetry.shutdown();
});

const telemetry = quietTelemetry();
const opened: Redis[] = [];

/** Past the proxy, and allowed everything. */
async function adminRedis() {
  const patience = { commandTimeoutMs: 10_000 };
  const at = listener('redis', 'redis');
  const redis = createAdminRedis(market.config, at, { telemetry, patience });
  opened.push(redis);
  await eventually('a connection', () => redis.status === 'ready');
  return redis;
}

const url = (name: string): string => readRunFile(market.config, name)?.addresses['http'] ?? '';

async function fault(method: 'PUT' | 'DELETE', name: string): Promise<number> {
  const response = await fetch(`${url('faults')}/faults/${name}`, { method });
  return response.status;
}

async function during(name: string, check: () => Promise<void>): Promise<void> {
  assert.equal(await fault('PUT', name), 200);
  try {
    await check();
  } finally {
    assert.equal(await fault('DELETE', name), 200);
  }
}

/** Status and time of a read that no cache answers; 0 when nobody answers. */
async function read(service: string, path: string): Promise<{ status: number; ms: number }> {
  const beganMs = performance.now();
  const status = await fetch(url(service) + path).then(
    (response) => response.status,
    () => 0,
  );
  return { status, ms: performance.now() - beganMs };
}

const missing = '/products/999999999999999999';
const product = () => read('product', missing);
const recovers = (ask: () => Promise<{ status: number }>, as: number) =>
  eventually('it is as before', async () => (await ask()).status === as);

test('a slow database makes queries slow, and no longer than the fault lasts', async () => {
  await during('product-db-slow', async () => {
    const { status, ms } = await product();
    assert.equal(status, 404);
    assert.ok(ms > 2_400, `${ms} ms`);
  });
  await eventually('fast again', async () => (await product()).ms < 1_000);
});

test('a database that cannot be reached is told by 503', async () => {
  await during('product-db-cut', async () => {
    assert.equal((await product()).status, 503);
    assert.equal((await read('order', '/orders/999999999999999999')).status, 404);
  });
  await recovers(product, 404);
});

test('a killed service stays away in all instances until the fault ends, then comes back', async () => {
  await market.stack.scale('account', 2);
  const before = processIdentity(market.config.dataDir, 'account');
  const ask = () => read('account', '/accounts?page=0&size=1');
  const askOther = () => read('account-2', '/accounts?page=0&size=1');
  assert.equal((await askOther()).status, 200);
  await during('account-down', async () => {
    await eventually('nobody answers', async () => (await ask()).status === 0);
    assert.equal((await askOther()).status, 0);
    const next = await eventually('a successor', () => {
      const found = processIdentity(market.config.dataDir, 'account');
      return found?.pid !== before?.pid && found;
    });
    assert.notEqual(next.pid, before?.pid);
    assert.equal((await ask()).status, 0);
  });
  await recovers(ask, 200);
  await recovers(askOther, 200);
});

test('a service that fails answers so, within what measures it', async () => {
  const failures = async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => read('order', '/orders/999999999999999999')),
    );
    return answers.filter(({ status }) => status === 500).length;
  };
  await during('order-failing', async () => {
    const failed = await eventually('some fail', failures);
    assert.ok(failed < 45, `${failed} of 60 failed`);
  });
  await eventually('none fails', async () => (await failures()) === 0);
});

test('a poisoned queue gives the message up, and the end takes it away', async () => {
  const redis = await adminRedis();
  const dead = () => redis.xlen('{orders}:dead');
  await during('queue-poison', async () => {
    await eventually('it is given up', async () => (await dead()) === 1);
  });
  assert.equal(await dead(), 0);
});

test('a Redis that evicts throws out pages, while a big queue grows and sessions stay', async () => {
  const redis = await adminRedis();
  const settings = () => redis.config('GET', 'maxmemory*');
  const before = await settings();
  const body = 'x'.repeat(512 * 1024);
  const grow = () => redis.xadd('big', '*', 'body', body);
  for (let count = 0; count < 20; count += 1) await grow();
  await redis.set('session:old', 'x', 'EX', 1_800);
  const lease = 'batch:other:lease';
  await redis.set(lease, 'x', 'PX', 15_000);
  await during('redis-evicting', async () => {
    await redis.set('page', 'x', 'EX', 10);
    await eventually('it is thrown out', async () => (await redis.exists('page')) === 0, 9_000);
    // Slow enough for a busy machine: what may come between two rounds of the fault is bounded.
    for (let count = 0; count < 20; count += 1) {
      await grow();
      await redis.set(`session:${count}`, 'x', 'EX', 1_800);
      assert.equal(await redis.pexpire(lease, 15_000), 1, 'its holder renews it');
      await sleep(250);
    }
    assert.equal((await redis.keys('session:*')).length, 21);
  });
  assert.deepEqual(await settings(), before);
  await redis.del('big');
});

test('a fault that cannot be ended ends by itself once it can, and the door is open meanwhile', async () => {
  assert.equal(await fault('PUT', 'redis-evicting'), 200);
  assert.equal(await fault('PUT', 'redis-down'), 200);
  await restartFaults('SIGKILL');
  const active = async () => {
    const response = await fetch(`${url('faults')}/faults`);
    const { items } = (await response.json()) as { items: { name: string; activeSince: string }[] };
    return items.filter(({ activeSince }) => activeSince !== null).map(({ name }) => name);
  };
  await eventually('both have ended', async () => (await active()).length === 0);
});

test('a small disk of its own is nearly full, for root; nothing else fills', async () => {
  const status = await fault('PUT', 'disk-nearly-full');
  if (process.getuid?.() !== 0) return assert.equal(status, 409);
  const { stdout } = await promisify(execFile)('df', ['--output=pcent,target']);
  assert.match(stdout, /9\d% .*\/faults\/small-disk/);
  assert.equal(await fault('DELETE', 'disk-nearly-full'), 200);
  const after = await promisify(execFile)('df', ['--output=target']);
  assert.doesNotMatch(after.stdout, /small-disk/);
});

/** How a fault shows on a process, and how its end does. */
interface Shown {
  readonly shows: () => Promise<unknown>;
  readonly gone: () => Promise<unknown>;
}

/** A sample without labels of what a service measures. */
async function measured(service: string, name: string): Promise<number> {
  const text = await (await fetch(`${url(service)}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** Growth of a sample over half a second, per second. */
async function growth(service: string, name: string): Promise<number> {
  const [before, beganMs] = [await measured(service, name), performance.now()];
  await sleep(500);
  return ((await measured(service, name)) - before) / ((performance.now() - beganMs) / 1_000);
}

/** A service that spins gets only its part of a busy machine; nobody asks this one anything. */
const busySecondsMin = 0.2;
const busySeconds = () => growth('account', 'process_cpu_seconds_total');
const heldBytes = () => growth('account', 'nodejs_heap_size_used_bytes');
const failedReads = async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, product));
  return answers.filter(({ status }) => status === 500).length;
};
const desk = createOrderDesk({ url });
/** How far ahead of here order is, by the time of a new order. */
const minutesAhead = async () => {
  const productId = await desk.makeProduct(1);
  const id = await desk.placeOrder(productId);
  const order = await (await fetch(`${url('order')}/orders/${id}`)).json();
  const { orderDate } = z.object({ orderDate: z.coerce.date() }).parse(order);
  return Math.round((orderDate.getTime() - Date.now()) / 60_000);
};
let stuckProduct: string;

const onProcesses: Readonly<Record<string, Shown>> = {
  'product-db-flapping': {
    shows: async () => (await product()).status === 503,
    gone: async () => (await product()).status === 404,
  },
  'account-leaking': {
    shows: async () => (await heldBytes()) > 2_500_000,
    gone: async () => (await heldBytes()) < 2_500_000,
  },
  'account-busy': {
    shows: async () => (await busySeconds()) > busySecondsMin,
    gone: async () => (await busySeconds()) < busySecondsMin,
  },
  'product-bad-deploy': {
    shows: async () => (await failedReads()) > 0,
    gone: async () => (await failedReads()) === 0,
  },
  'queue-stuck': {
    shows: async () => {
      // The flag is followed twice a second; an order that slipped through is followed by another.
      stuckProduct = await desk.makeProduct(5);
      await desk.placeOrder(stuckProduct);
      await sleep(500);
      return (await desk.stockOf(stuckProduct)) === 5;
    },
    gone: async () => (await desk.stockOf(stuckProduct)) === 4,
  },
  'order-clock-ahead': {
    shows: async () => (await minutesAhead()) === 10,
    gone: async () => (await minutesAhead()) === 0,
  },
};

for (const [name, { shows, gone }] of Object.entries(onProcesses)) {
  test(`${name} shows on real processes, and ends with the fault`, async () => {
    await during(name, async () => {
      await eventually('it shows', shows, 20_000);
    });
    await eventually('it is gone', gone, 20_000);
  });
}

test('the proxies killed in the middle of a fault come back without it', async () => {
  assert.equal(await fault('PUT', 'product-paused'), 200);
  await restartFaults('SIGKILL');
  await recovers(product, 404);
});

/** Ends the process that injects faults and waits for its successor. */
async function restartFaults(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const before = readRunFile(market.config, 'faults')?.pid;
  await market.stack.kill('faults', signal);
  await eventually('it is back', () => {
    const found = readRunFile(market.config, 'faults');
    return found !== undefined && found.pid !== before;
  });
}
