import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedis } from '@sprout/data';
import { quietTelemetry } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import { call, startOrderMarket } from './market.ts';
import type { OrderMarket } from './market.ts';
import { createOrderDesk, sum } from './order-desk.ts';
import type { OrderDesk } from './order-desk.ts';

let market: OrderMarket;
let desk: OrderDesk;
const telemetry = quietTelemetry();

before(async () => {
  market = await startOrderMarket();
  desk = createOrderDesk(market);
});

after(async () => {
  await market.stop();
  await telemetry.shutdown();
});

test('two hundred orders at once for fifty pieces: fifty shipped, none lost or doubled', async () => {
  const id = await desk.makeProduct(50);
  const stocks: number[] = [];
  const watching = (async () => {
    for (let i = 0; i < 20; i++) {
      stocks.push(await desk.stockOf(id));
      await sleep(20);
    }
  })();
  const placed = await Promise.all(Array.from({ length: 200 }, () => desk.placeOrder(id)));
  assert.equal(new Set(placed).size, 200);
  const orders = await desk.settled(id);
  await watching;
  assert.deepEqual(new Set(orders.map((order) => order.id)), new Set(placed));
  assert.equal(orders.length, 200);
  assert.equal(sum(orders, 'shipped'), 50);
  assert.equal(sum(orders, 'canceled'), 150);
  assert.equal(await desk.stockOf(id), 0);
  assert.ok(stocks.every((stock) => stock >= 0));
});

test('an order learns its price from the stock check, and counts as turnover when it is approved', async () => {
  const id = await desk.makeProduct(10);
  const before = await turnover();
  await desk.placeOrder(id, 3);
  assert.deepEqual(
    (await desk.settled(id)).map(({ price, orderState }) => ({ price, orderState })),
    [{ price: 2_100, orderState: 'shipped' }],
  );
  const counted = async () => (await turnover()) === before + 2_100 || undefined;
  await eventually('the order is counted', counted);
});

test('a repeated request with its key is one order; with another body it is refused', async () => {
  const id = await desk.makeProduct(10);
  const place = (key: string, quantity = 2, headers = {}) =>
    call(`${market.url('order')}/orders`, {
      method: 'POST',
      json: { accountId: '0193a5b0-7c00-7000-8000-000000000001', productId: id, quantity },
      headers: { 'idempotency-key': key, ...headers },
    });
  const first = await Promise.all(Array.from({ length: 8 }, () => place('"one"')));
  const again = await place('one');
  const answers = [...first, again];
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
  assert.equal(new Set(answers.map(({ headers }) => headers.get('location'))).size, 1);
  const other = await place('"one"', 3);
  assert.equal(other.status, 422);
  assert.match(JSON.stringify(other.body), /key-reused/);
  const operator = { 'x-market-subject': '0193a5b0-7c00-7000-8000-0000000000aa' };
  const roles = { 'x-market-roles': 'operator' };
  assert.equal((await place('"one"', 1, { ...operator, ...roles })).status, 201, 'of another');
  const orders = await desk.settled(id);
  assert.deepEqual(orders.map(({ quantity }) => quantity).sort(), [1, 2]);
  assert.equal(await desk.stockOf(id), 7);
});

test('an order for a product that does not exist is canceled', async () => {
  await desk.placeOrder('1');
  assert.equal((await desk.settled('1'))[0]?.orderState, 'canceled');
});

test('processes killed in the middle of orders lose none and double none', async () => {
  const id = await desk.makeProduct(100);
  const accepted: string[] = [];
  const place = async () => {
    const order = await desk.placeOrder(id);
    if (order !== undefined) accepted.push(order);
    return order;
  };
  const placing: Promise<unknown>[] = [];
  for (const victim of ['product', 'order', 'redis', 'mariadb', 'product']) {
    const before = accepted.length;
    for (let i = 0; i < 30; i++) placing.push(place());
    await eventually('some orders are accepted', () => accepted.length >= before + 5 || undefined);
    market.stack.kill(victim);
    for (let i = 0; i < 10; i++) placing.push(place());
    await eventually('orders are accepted again', place);
  }
  await Promise.all(placing);
  const orders = await desk.settled(id, 90_000);
  const ids = new Set(orders.map((order) => order.id));
  assert.equal(ids.size, orders.length, 'no order twice');
  const lost = accepted.filter((order) => !ids.has(order));
  assert.deepEqual(lost, [], 'every accepted order is there');
  assert.equal(sum(orders, 'shipped') + (await desk.stockOf(id)), 100);
  assert.equal(sum(orders, 'shipped'), Math.min(100, orders.length));
});

test('a queue that lost its memory loses no order', async () => {
  const id = await desk.makeProduct(100);
  const redis = createRedis(market.config, market.config.market.redis, {
    telemetry,
    patience: { commandTimeoutMs: 1_000 },
  });
  await eventually('redis answers', async () => (await redis.ping()) || undefined);
  market.stack.kill('product', 'SIGSTOP');
  const before = await redis.xlen('orders');
  await Promise.all(Array.from({ length: 20 }, () => desk.placeOrder(id)));
  await eventually('the queue has them', async () =>
    (await redis.xlen('orders')) === before + 20 ? true : undefined,
  );
  await redis.del('orders', 'stock');
  redis.disconnect();
  market.stack.kill('product', 'SIGCONT');
  const orders = await desk.settled(id);
  assert.equal(sum(orders, 'shipped'), 20);
  assert.equal(await desk.stockOf(id), 80);
});

async function turnover(): Promise<number> {
  const text = await (await fetch(`${market.url('order')}/metrics`)).text();
  return Number(/^market_turnover_won_total\S* (\S+)$/m.exec(text)?.[1]);
}
