import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPools, createRedis } from '@sprout/data';
import type { Pools, RedisClient } from '@sprout/data';
import { quietTelemetry } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';
import { personOf, speakAs } from './people.ts';
import type { Asking } from './people.ts';

/** Orders of a customer, looked at wherever they come past; and whose orders are whose. */
let market: TestMarket;
let customer: Asking;
let seller: Asking;
let operator: Asking;
let products: Pools;
let redis: RedisClient;
const telemetry = quietTelemetry();

before(async () => {
  market = await startTestMarket();
  customer = await speakAs(market, 'customer');
  seller = await speakAs(market, 'seller');
  operator = await speakAs(market, 'operator');
  const { config } = market;
  const at = config.market.databases.product;
  products = createPools(config, { database: 'market_product', telemetry, ...at });
  const patience = { commandTimeoutMs: 1_000 };
  redis = createRedis(config, config.market.redis, { telemetry, patience });
  await eventually('redis answers', async () => (await redis.ping()) === 'PONG');
});
after(async () => {
  redis?.disconnect();
  await products?.close();
  await market?.stop();
  await telemetry.shutdown();
});

const orderSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  productId: z.string(),
  price: z.number(),
  quantity: z.number(),
  orderState: z.string(),
});
const problemSchema = z.object({ type: z.string(), status: z.number() });
type Order = z.infer<typeof orderSchema>;

const me = () => personOf(market, 'customer').subject;
const somebodyElse = '0193a5b0-7c00-7000-8000-0000000000e1';

async function makeProduct(stock: number): Promise<string> {
  const image = 'https://market.example/gim.webp';
  const json = { name: 'Gim', description: '', image, price: 700, stock };
  const { body } = await operator('POST', '/product/products', json);
  return z.object({ id: z.string() }).parse(body).id;
}

async function place(as: Asking, order: Pick<Order, 'accountId' | 'productId' | 'quantity'>) {
  const { status, body } = await as('POST', '/order/orders', order);
  assert.equal(status, 201);
  return orderSchema.parse(body);
}

const settled = ({ id }: Order): Promise<Order> =>
  eventually('it is settled', async () => {
    const order = orderSchema.parse((await operator('GET', `/order/orders/${id}`)).body);
    return order.orderState !== 'pending' && order;
  });

/** The events of an order on a stream. */
async function eventsOf(stream: 'orders' | 'stock', { id }: Order) {
  const entries = await redis.xrange(stream, '-', '+');
  return entries.map(([, flat]) => fieldsOf(flat)).filter((fields) => fields['id'] === id);
}

function fieldsOf(flat: readonly string[]): Record<string, string> {
  const pairs = flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? '']] : []));
  return Object.fromEntries(pairs);
}

const inProduct = async (sql: string, id: string) =>
  (await products.primary.rows(sql, [BigInt(id)]))[0];
const stockOf = async (id: string) =>
  Number((await inProduct('SELECT stock FROM product WHERE id = ?', id))?.['stock']);

/** Of three pieces, the first order takes two and the second asks for two more. */
let orders: readonly [Order, Order];

test('order check 1, created event: an order is pending and its event in the queue, once', async () => {
  const productId = await makeProduct(3);
  // Who checks the stock stands still, so that this step can be looked at alone.
  market.stack.kill('product', 'SIGSTOP');
  const wish = { accountId: me(), productId, quantity: 2 };
  orders = [await place(customer, wish), await place(customer, wish)];
  for (const order of orders) {
    const [event, ...more] = await eventually('the event', async () => {
      const found = await eventsOf('orders', order);
      return found.length > 0 && found;
    });
    assert.equal(order.orderState, 'pending');
    assert.deepEqual(more, []);
    assert.equal(event?.['type'], 'order.created');
    assert.deepEqual(JSON.parse(event['body'] ?? ''), {
      orderId: order.id,
      productId,
      quantity: 2,
    });
    assert.match(event['header.traceparent'] ?? '', /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
  }
});

test('order check 2, delivery: product receives the event and acknowledges it, once', async () => {
  assert.equal(await inProduct('SELECT * FROM inbox WHERE id = ?', orders[0].id), undefined);
  market.stack.kill('product', 'SIGCONT');
  for (const { id } of orders) {
    await eventually('it is received', () => inProduct('SELECT * FROM inbox WHERE id = ?', id));
  }
  await eventually('all is acknowledged', async () => {
    const [waiting] = await redis.xpending('orders', 'product');
    return waiting === 0;
  });
});

test('order check 3, stock check: what is there is reserved, what is not is refused', async () => {
  const [enough, tooMuch] = orders;
  const stateOf = async ({ id }: Order) =>
    (await inProduct('SELECT state FROM reservation WHERE order_id = ?', id))?.['state'];
  assert.equal(await stateOf(enough), 'reserved');
  assert.equal(await stateOf(tooMuch), 'rejected');
  assert.equal(await stockOf(enough.productId), 1, 'two of three pieces are taken');
});

test('order check 4, approve or reject event: it settles the order, and tells the price', async () => {
  const [approved, rejected] = [await settled(orders[0]), await settled(orders[1])];
  const told = async (order: Order) => {
    const [event, ...more] = await eventsOf('stock', order);
    assert.deepEqual(more, []);
    const { verdict } = z.object({ verdict: z.string() }).parse(JSON.parse(event?.['body'] ?? ''));
    return `${event?.['type']} ${verdict} → ${order.orderState} at ${order.price}`;
  };
  assert.equal(await told(approved), 'stock.reserved reserved → shipped at 1400');
  assert.equal(await told(rejected), 'stock.rejected out_of_stock → canceled at 1400');
});

test('customers see, place and call off their own orders only', async () => {
  const productId = await makeProduct(10);
  const wish = { productId, quantity: 1 };
  const foreign = await place(operator, { ...wish, accountId: somebodyElse });
  const own = await place(customer, { ...wish, accountId: me() });
  await Promise.all([settled(foreign), settled(own)]);
  const one = ({ id }: Order) => `/order/orders/${id}`;
  const cancel = { orderState: 'canceled' };

  const refusals = [
    await customer('GET', one(foreign)),
    await customer('PATCH', one(foreign), cancel),
    await customer('POST', '/order/orders', { ...wish, accountId: somebodyElse }),
    await customer('PATCH', one(own), { orderState: 'delivered' }),
    await customer('GET', '/order/orders?state=shipped&before=2099-01-01T00:00:00Z'),
    await customer('DELETE', one(own)),
    await seller('PATCH', one(foreign), cancel),
  ];
  assert.deepEqual(
    refusals.map(({ status, body }) => `${status} ${problemSchema.parse(body).type}`),
    [
      '404 /errors/order/not-found',
      '404 /errors/order/not-found',
      '403 /errors/order/forbidden',
      '403 /errors/order/forbidden',
      '403 /errors/order/forbidden',
      '403 /errors/gateway/forbidden',
      '403 /errors/order/forbidden',
    ],
  );
  for (const { headers } of refusals) {
    assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
  }
  assert.equal(await stockOf(productId), 8, 'both orders have what they took');

  const listed = async (as: Asking) => {
    const { body } = await as('GET', '/order/orders?size=100');
    return z.object({ items: z.array(orderSchema) }).parse(body).items;
  };
  const mine = await listed(customer);
  assert.ok(mine.some(({ id }) => id === own.id));
  assert.deepEqual(new Set(mine.map(({ accountId }) => accountId)), new Set([me()]));
  const all = (await listed(operator)).map(({ id }) => id);
  assert.ok(all.includes(own.id) && all.includes(foreign.id));

  assert.equal((await customer('PATCH', one(own), cancel)).status, 200);
  assert.equal((await seller('PATCH', one(foreign), { orderState: 'delivered' })).status, 200);
  await eventually('its piece is back', async () => (await stockOf(productId)) === 9);
});
