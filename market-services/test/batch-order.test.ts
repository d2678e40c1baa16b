import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '@sprout/process/testing';
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

async function metric(series: string): Promise<number> {
  const text = await (await fetch(`${market.url('batch-order')}/metrics`)).text();
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

test('killed in the middle of its work, it continues after the restart', async () => {
  const product = await desk.makeProduct(1_000);
  const orders = await Promise.all(Array.from({ length: 40 }, () => desk.placeOrder(product)));
  const begun = await metric('batch_items_total{batch_job="deliver-late"}');
  await eventually('some are delivered', async () => {
    const done = await metric('batch_items_total{batch_job="deliver-late"}');
    return done > begun || undefined;
  });
  market.stack.kill('batch-order');
  for (const order of orders) await delivered(order ?? '');
});
