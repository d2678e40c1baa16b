import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readRunFile } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { setServiceFlags } from '../src/faults/service-flags.ts';
import { call, startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';
import { createOrderDesk } from './order-desk.ts';
import type { OrderDesk } from './order-desk.ts';

let market: TestMarket;
let desk: OrderDesk;

before(async () => {
  const batch = { schedule: '* * * * * *', deliverAfterSeconds: 2, deleteAfterSeconds: 2 };
  market = await startTestMarket({ batch });
  desk = createOrderDesk(market);
});

after(() => market.stop());

const orderOf = (id: string) => call(`${market.url('order')}/orders/${id}`);

async function metric(series: string, process = 'batch-order'): Promise<number> {
  const text = await (await fetch(`${market.url(process)}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.split(' ')[1] ?? 0);
}

const delivered = (id: string) =>
  eventually('it is delivered', async () => {
    const { body } = await orderOf(id);
    return JSON.stringify(body).includes('"delivered"') || undefined;
  });

test('what is late is delivered, what was canceled is deleted, and neither too early', async () => {
  const product = await desk.makeProduct(10);
  const startMs = Date.now();
  const [late, canceled] = await Promise.all([desk.placeOrder(product), desk.placeOrder(product)]);
  assert.ok(late !== undefined && canceled !== undefined);
  await desk.settled(product);
  assert.equal(await desk.move(canceled, 'canceled'), 200);
  await delivered(late);
  assert.ok(Date.now() - startMs >= 2_000);
  await eventually('it is gone', async () => (await orderOf(canceled)).status === 404 || undefined);
  assert.equal(await metric('batch_items_total{batch_job="deliver-late"}'), 1);
  assert.equal(await metric('batch_items_total{batch_job="delete-canceled"}'), 1);
  assert.ok((await metric('batch_run_duration_seconds_count{batch_job="deliver-late"}')) >= 1);
});

test('a run that succeeded says when, also after a restart', async () => {
  const series = 'batch_last_success_timestamp_seconds{batch_job="deliver-late"}';
  const first = await eventually('it succeeded', async () => (await metric(series)) || undefined);
  assert.ok(Math.abs(Date.now() / 1000 - first) < 60);
  market.stack.kill('order', 'SIGSTOP');
  try {
    market.stack.kill('batch-order');
    await eventually('it shows what it did before', async () => {
      const shown = await metric(series);
      return shown >= first || undefined;
    });
  } finally {
    market.stack.kill('order', 'SIGCONT');
  }
});

test('of two runners one works; killed in the middle, the other finishes, each order once', async () => {
  const second = await startSecondRunner();
  const product = await desk.makeProduct(1_000);
  const deliveredBefore = await ordersDelivered();
  // Each step takes a while, so that a run outlasts several ticks of the schedule.
  setServiceFlags(market.config, 'order', { delayMs: 700 });
  const orders = await Promise.all(Array.from({ length: 40 }, () => desk.placeOrder(product)));
  assert.equal(new Set(orders).size, 40);
  await eventually('a run is under way', async () => (await ordersDelivered()) > deliveredBefore);
  const heldBefore = { first: await held('batch-order'), second: await held('batch-order-2') };
  const worker = await eventually('one is kept from working by the other', async () => {
    if ((await held('batch-order-2')) > heldBefore.second) return 'first';
    return (await held('batch-order')) > heldBefore.first && 'second';
  });
  const doneBefore = (await ordersDelivered()) - deliveredBefore;
  if (worker === 'first') market.stack.kill('batch-order');
  else second.kill('SIGKILL');
  assert.ok(doneBefore < 40, `${doneBefore} of 40 were done before the kill`);
  setServiceFlags(market.config, 'order', undefined);
  for (const order of orders) await delivered(order ?? '');
  assert.equal((await ordersDelivered()) - deliveredBefore, 40, 'each was delivered once');
});

const ordersDelivered = () =>
  metric('market_orders_moved_total{from="shipped",to="delivered"}', 'order');
const held = (runner: string) =>
  metric('batch_runs_total{batch_job="deliver-late",outcome="held"}', runner);

/** Another batch-order beside the one of the market, until the end of the tests. */
async function startSecondRunner(): Promise<ChildProcess> {
  const main = join(import.meta.dirname, '..', 'batch-order', 'src', 'main.ts');
  const env = {
    ...process.env,
    SPROUT_CONFIG: join(market.config.dataDir, 'config.json'),
    SPROUT_INSTANCE: 'batch-order-2',
  };
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' });
  after(() => child.kill('SIGKILL'));
  await eventually('it runs', () => readRunFile(market.config, 'batch-order-2'));
  return child;
}
