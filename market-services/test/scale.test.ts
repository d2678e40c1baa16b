import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { setServiceFlags } from '../src/faults/service-flags.ts';
import { call, startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';
import { createOrderDesk, sum } from './order-desk.ts';

let market: TestMarket;
/** What a start of a service runs. */
const deployed = new Map([['product', '1.0.0']]);
before(async () => {
  market = await startTestMarket({}, {}, deployed);
});
after(() => market.stop());

const listSchema = z.object({
  instances: z.array(
    z.object({
      service: z.string(),
      id: z.string(),
      url: z.string(),
      state: z.string(),
      version: z.string().optional(),
    }),
  ),
});
const targetsSchema = z.array(
  z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()) }),
);

async function ready(service: string): Promise<string[]> {
  return (await readyInstances(service)).map(({ id }) => id);
}

async function versions(service: string): Promise<(string | undefined)[]> {
  return (await readyInstances(service)).map(({ version }) => version);
}

async function readyInstances(service: string) {
  const { body } = await call(`${market.url('discovery')}/instances`);
  const { instances } = listSchema.parse(body);
  return instances.filter((one) => one.service === service && one.state === 'ready');
}

/** Requests to product that its instances have answered, by instance. */
async function answered(instance: string): Promise<number> {
  const text = await (await fetch(`${market.url(instance)}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith('http_server_request_duration_seconds_count'))
    .filter((line) => line.includes('http_route="/products'))
    .reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
}

/** Reads and writes without a pause until told to stop; every answer that is not one is told. */
function visit() {
  const bad: string[] = [];
  const state = { going: true };
  let requests = 0;
  const one = async () => {
    while (state.going) {
      const path =
        requests % 5 === 0 ? '/product/products?size=1' : '/product/products/653747709542400000';
      const { status } = await fetch(market.url('gateway') + path).catch((error: unknown) => ({
        status: String(error),
      }));
      requests += 1;
      if (status !== 200) bad.push(`${path}: ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const all = Promise.all([one(), one(), one()]);
  return {
    stop: async () => {
      state.going = false;
      await all;
      return { requests, bad };
    },
  };
}

test('scaled to three and back to one, every instance works and no request fails', async () => {
  await eventually('everybody is ready', async () => {
    const all = await Promise.all(['account', 'order', 'product', 'gateway'].map(ready));
    return all.every((ids) => ids.length === 1);
  });
  const visitors = visit();
  await market.stack.scale('product', 3);
  const three = ['product', 'product-2', 'product-3'];
  await eventually('three are ready', async () => {
    assert.deepEqual(await ready('product'), three);
    return true;
  });
  await eventually('each answers', async () => {
    const counts = await Promise.all(three.map(answered));
    return counts.every((count) => count > 20);
  });
  await market.stack.scale('product', 1);
  assert.deepEqual(await ready('product'), ['product']);
  const { requests, bad } = await visitors.stop();
  assert.ok(requests > 100);
  assert.deepEqual(bad, []);
});

test('the list of Prometheus names every instance with its service', async () => {
  const { body } = await call(`${market.url('discovery')}/sd/prometheus`);
  const targets = targetsSchema.parse(body);
  const product = targets.find(({ labels }) => labels['service'] === 'product');
  assert.deepEqual(product?.targets, [new URL(market.url('product')).host]);
  assert.deepEqual(product?.labels, { service: 'product', job: 'product' });
});

test('a new version takes over from the old: every request under way is answered, no order is lost', async () => {
  const desk = createOrderDesk(market);
  const id = await desk.makeProduct(100);
  const orders: (string | undefined)[] = [];
  const order = async () => orders.push(await desk.placeOrder(id));
  // Slow enough that whoever ends always has requests under way.
  setServiceFlags(market.config, 'product', { delayMs: 150 });
  const visitors = visit();
  deployed.set('product', '2.0.0');
  await market.stack.scale('product', 2);
  await eventually('both versions are ready', async () => {
    assert.deepEqual(await versions('product'), ['1.0.0', '2.0.0']);
    return true;
  });
  const old = market.url('product');
  await eventually('both answer', async () => {
    const counts = await Promise.all(['product', 'product-2'].map(answered));
    return counts.every((count) => count > 5);
  });
  await order();
  const beganMs = performance.now();
  const restarting = market.stack.restart('product');
  await eventually('the old version is off the list', async () => {
    return !(await versions('product')).includes('1.0.0');
  });
  await order();
  await eventually('it has ended', () =>
    fetch(`${old}/healthz`).then(
      () => false,
      () => true,
    ),
  );
  assert.ok(performance.now() - beganMs < 10_000, 'before it would be killed');
  await restarting;
  await order();
  await eventually('all are of the new version', async () => {
    assert.deepEqual(await versions('product'), ['2.0.0', '2.0.0']);
    return true;
  });
  const { bad } = await visitors.stop();
  setServiceFlags(market.config, 'product', undefined);
  assert.deepEqual(bad, []);
  assert.equal(sum(await desk.settled(id), 'shipped'), 3);
  assert.ok(orders.every((one) => one !== undefined));
});

test('an instance that dies is dropped within seconds, and only what it had in hand is lost', async () => {
  assert.deepEqual(await ready('product'), ['product', 'product-2']);
  const visitors = visit();
  await market.stack.kill('product-2', 'SIGSTOP');
  const startMs = performance.now();
  await eventually('it is dropped', async () => (await ready('product')).length === 1);
  assert.ok(performance.now() - startMs < 10_000);
  await market.stack.kill('product-2', 'SIGCONT');
  await eventually('it is back', async () => (await ready('product')).length === 2);
  await market.stack.kill('product-2');
  const { bad } = await visitors.stop();
  // What a frozen or killed process had in hand is lost; what comes after goes elsewhere.
  assert.ok(bad.length <= 6, bad.join('\n'));
  await market.stack.scale('product', 1);
});

test('without discovery the last known list goes on', async () => {
  const visitors = visit();
  await market.stack.kill('discovery', 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await market.stack.kill('discovery', 'SIGCONT');
  await market.stack.kill('discovery');
  await eventually(
    'discovery knows everybody again',
    async () => (await ready('product')).length === 1,
  );
  const { bad } = await visitors.stop();
  assert.deepEqual(bad, []);
});

test('what cannot be scaled says so', async () => {
  await assert.rejects(market.stack.scale('gateway', 2), { code: 'NOT_SCALABLE' });
  await assert.rejects(market.stack.scale('product', 0), { code: 'NOT_SCALABLE' });
  await assert.rejects(market.stack.scale('product', 1.5), { code: 'NOT_SCALABLE' });
});
