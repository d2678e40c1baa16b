import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedis } from '@sprout/data';
import { eventually, quietTelemetry } from '@sprout/data/testing';
import { z } from 'zod';
import { call, startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';

let market: TestMarket;
const telemetry = quietTelemetry();

before(async () => {
  market = await startTestMarket();
});

after(async () => {
  await market.stop();
  await telemetry.shutdown();
});

const created = z.object({ id: z.string() });
const product = z.object({ stock: z.number() });
const ordersPage = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      productId: z.string(),
      quantity: z.number(),
      price: z.number(),
      orderState: z.enum(['pending', 'shipped', 'canceled', 'delivered']),
    }),
  ),
  hasNext: z.boolean(),
});
type OrderView = z.infer<typeof ordersPage>['items'][number];

async function makeProduct(stock: number): Promise<string> {
  const { body } = await call(`${market.url('product')}/products`, {
    method: 'POST',
    json: { name: 'Scarce', description: '', image: 'https://x.example/1', price: 700, stock },
  });
  return created.parse(body).id;
}

/** Resolves to the order's id, or to undefined when the order was not accepted. */
async function placeOrder(productId: string, quantity = 1): Promise<string | undefined> {
  const accountId = '0193a5b0-7c00-7000-8000-000000000001';
  try {
    const { status, body } = await call(`${market.url('order')}/orders`, {
      method: 'POST',
      json: { accountId, productId, quantity },
    });
    return status === 201 ? created.parse(body).id : undefined;
  } catch {
    // The service is down; whether it has the order, nobody was told.
    return undefined;
  }
}

async function ordersOf(productId: string): Promise<OrderView[]> {
  const orders: OrderView[] = [];
  for (let page = 0, more = true; more; page++) {
    const { body } = await call(`${market.url('order')}/orders?size=100&page=${page}`);
    const { items, hasNext } = ordersPage.parse(body);
    orders.push(...items.filter((order) => order.productId === productId));
    more = hasNext;
  }
  return orders;
}

const settled = (productId: string, timeoutMs = 60_000) =>
  eventually(
    'all orders are settled',
    async () => {
      const orders = await ordersOf(productId);
      return orders.some(({ orderState }) => orderState === 'pending') ? undefined : orders;
    },
    timeoutMs,
  );

async function stockOf(productId: string): Promise<number> {
  return product.parse((await call(`${market.url('product')}/products/${productId}`)).body).stock;
}

const sum = (orders: readonly OrderView[], state: OrderView['orderState']) =>
  orders
    .filter(({ orderState }) => orderState === state)
    .reduce((total, { quantity }) => total + quantity, 0);

test('two hundred orders at once for fifty pieces: fifty shipped, none lost or doubled', async () => {
  const id = await makeProduct(50);
  const stocks: number[] = [];
  const watching = (async () => {
    for (let i = 0; i < 20; i++) {
      stocks.push(await stockOf(id));
      await sleep(20);
    }
  })();
  const placed = await Promise.all(Array.from({ length: 200 }, () => placeOrder(id)));
  assert.equal(new Set(placed).size, 200);
  const orders = await settled(id);
  await watching;
  assert.deepEqual(new Set(orders.map((order) => order.id)), new Set(placed));
  assert.equal(orders.length, 200);
  assert.equal(sum(orders, 'shipped'), 50);
  assert.equal(sum(orders, 'canceled'), 150);
  assert.equal(await stockOf(id), 0);
  assert.ok(stocks.every((stock) => stock >= 0));
});

test('an order learns its price from the stock check', async () => {
  const id = await makeProduct(10);
  await placeOrder(id, 3);
  assert.deepEqual(
    (await settled(id)).map(({ price, orderState }) => ({ price, orderState })),
    [{ price: 2_100, orderState: 'shipped' }],
  );
});

test('an order for a product that does not exist is canceled', async () => {
  await placeOrder('1');
  assert.equal((await settled('1'))[0]?.orderState, 'canceled');
});

test('processes killed in the middle of orders lose none and double none', async () => {
  const id = await makeProduct(100);
  const accepted: string[] = [];
  const place = async () => {
    const order = await placeOrder(id);
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
  const orders = await settled(id, 90_000);
  const ids = new Set(orders.map((order) => order.id));
  assert.equal(ids.size, orders.length, 'no order twice');
  const lost = accepted.filter((order) => !ids.has(order));
  assert.deepEqual(lost, [], 'every accepted order is there');
  assert.equal(sum(orders, 'shipped') + (await stockOf(id)), 100);
  assert.equal(sum(orders, 'shipped'), Math.min(100, orders.length));
});

test('a queue that lost its memory loses no order', async () => {
  const id = await makeProduct(100);
  const redis = createRedis(market.config, market.config.market.redis, {
    telemetry,
    patience: { commandTimeoutMs: 1_000 },
  });
  await eventually('redis answers', async () => (await redis.ping()) || undefined);
  market.stack.kill('product', 'SIGSTOP');
  const before = await redis.xlen('orders');
  await Promise.all(Array.from({ length: 20 }, () => placeOrder(id)));
  await eventually('the queue has them', async () =>
    (await redis.xlen('orders')) === before + 20 ? true : undefined,
  );
  await redis.del('orders', 'stock');
  redis.disconnect();
  market.stack.kill('product', 'SIGCONT');
  const orders = await settled(id);
  assert.equal(sum(orders, 'shipped'), 20);
  assert.equal(await stockOf(id), 80);
});
