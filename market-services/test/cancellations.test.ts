import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedis } from '@sprout/data';
import { quietTelemetry } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import { createRedisStreams } from '@sprout/queue';
import type { RedisClient } from '@sprout/data';
import { startOrderMarket } from './market.ts';
import type { OrderMarket } from './market.ts';
import { createOrderDesk, sum } from './order-desk.ts';
import type { OrderDesk } from './order-desk.ts';

let market: OrderMarket;
let desk: OrderDesk;
let redis: RedisClient;
const telemetry = quietTelemetry();

before(async () => {
  market = await startOrderMarket();
  desk = createOrderDesk(market);
  const patience = { commandTimeoutMs: 1_000 };
  redis = createRedis(market.config, market.config.market.redis, { telemetry, patience });
  await eventually('redis answers', async () => (await redis.ping()) || undefined);
});

after(async () => {
  redis.disconnect();
  await market.stop();
  await telemetry.shutdown();
});

const stockIs = (productId: string, stock: number) =>
  eventually(`the stock is ${stock}`, async () =>
    (await desk.stockOf(productId)) === stock ? true : undefined,
  );

test('two hundred orders and their cancellations at once keep sold + stock constant', async () => {
  const id = await desk.makeProduct(120);
  const canceled = new Set<string>();
  await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const order = await desk.placeOrder(id, 1 + (index % 2));
      assert.ok(order);
      if (index % 3 === 0) return;
      // Some are called off before their approval, some in its very moment, some after it.
      await sleep(37 * (index % 11));
      if (index === 100) market.stack.kill('product');
      if ((await desk.move(order, 'canceled')) === 200) canceled.add(order);
    }),
  );
  const orders = await desk.settled(id);
  assert.equal(orders.length, 200);
  const states = new Map(orders.map((order) => [order.id, order.orderState]));
  assert.deepEqual(
    [...canceled].filter((order) => states.get(order) !== 'canceled'),
    [],
    'what was called off stays canceled, whatever the verdict said',
  );
  assert.ok(canceled.size > 30, `${canceled.size} canceled`);
  const sold = sum(orders, 'shipped');
  await stockIs(id, 120 - sold);
  await sleep(500);
  assert.equal((await desk.stockOf(id)) + sum(await desk.settled(id), 'shipped'), 120);
});

test('of many who cancel one order one succeeds, and the stock comes back once', async () => {
  const id = await desk.makeProduct(10);
  const order = await desk.placeOrder(id, 4);
  assert.ok(order);
  await desk.settled(id);
  const answers = await Promise.all(Array.from({ length: 8 }, () => desk.move(order, 'canceled')));
  assert.deepEqual(answers.sort(), [200, 409, 409, 409, 409, 409, 409, 409]);
  await stockIs(id, 10);
});

test('a delivered order cannot be canceled, a canceled one not delivered', async () => {
  const id = await desk.makeProduct(10);
  const [kept, left] = [await desk.placeOrder(id), await desk.placeOrder(id)];
  assert.ok(kept !== undefined && left !== undefined);
  await desk.settled(id);
  assert.equal(await desk.move(kept, 'delivered'), 200);
  assert.equal(await desk.move(kept, 'canceled'), 409);
  assert.equal(await desk.move(left, 'canceled'), 200);
  assert.equal(await desk.move(left, 'delivered'), 409);
  await stockIs(id, 9);
});

test('a cancellation that overtakes its order: the order takes nothing when it comes', async () => {
  const id = await desk.makeProduct(10);
  const connectBlocking = () => redis;
  const queue = createRedisStreams({ redis, connectBlocking, telemetry });
  const event = (eventId: string, type: string) =>
    queue.publish('orders', [
      {
        id: eventId,
        type,
        body: { orderId: '1001', productId: id, quantity: 3 },
        headers: {},
      },
    ]);
  const answered = await redis.xlen('stock');
  await event('1002', 'order.canceled');
  await eventually('it is answered', async () =>
    (await redis.xlen('stock')) > answered ? true : undefined,
  );
  await event('1001', 'order.created');
  await event('1002', 'order.canceled');
  // What comes after them in the stream has been handled when its effect is seen.
  const last = await desk.placeOrder(id, 2);
  assert.ok(last);
  await desk.settled(id);
  await sleep(200);
  assert.equal(await desk.stockOf(id), 8);
});

test('a queue that lost its memory brings the stock of cancellations back too', async () => {
  const id = await desk.makeProduct(10);
  const orders = [await desk.placeOrder(id, 2), await desk.placeOrder(id, 3)];
  await desk.settled(id);
  market.stack.kill('product', 'SIGSTOP');
  const before = await redis.xlen('orders');
  for (const order of orders) assert.equal(await desk.move(order ?? '', 'canceled'), 200);
  await eventually('the queue has both', async () =>
    (await redis.xlen('orders')) === before + 2 ? true : undefined,
  );
  await redis.del('orders', 'stock');
  market.stack.kill('product', 'SIGCONT');
  await stockIs(id, 10);
});
