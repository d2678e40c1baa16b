import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '@sprout/process/testing';
import { kafkaClassPath, startKafkaBroker } from '@sprout/queue/testing';
import type { KafkaBroker } from '@sprout/queue/testing';
import { startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';
import { createOrderDesk, sum } from './order-desk.ts';
import type { OrderDesk } from './order-desk.ts';

// A broker takes a minute of both cores with everything around it, so it is asked for.
const found =
  process.env['SPROUT_KAFKA'] === '1'
    ? await kafkaClassPath()
    : { reason: 'npm run kafka -w market-services runs it' };
const skip = 'reason' in found ? `no broker was started: ${found.reason}` : false;

describe('the market with its events on Kafka', { skip }, () => {
  let broker: KafkaBroker;
  let market: TestMarket;
  let desk: OrderDesk;
  before(async () => {
    broker = await startKafkaBroker('classPath' in found ? found.classPath : '');
    market = await startTestMarket({
      queue: 'kafka',
      kafka: { brokers: [broker.address], partitions: 1 },
    });
    desk = createOrderDesk(market);
  });
  after(async () => {
    await market.stop();
    await broker.stop();
  });

  test('orders go through, are refused, and are called off with their stock', async () => {
    const id = await desk.makeProduct(30);
    const orders = await Promise.all(Array.from({ length: 40 }, () => desk.placeOrder(id)));
    assert.equal(new Set(orders.filter(Boolean)).size, 40);
    const settled = await desk.settled(id, 120_000);
    assert.equal(sum(settled, 'shipped'), 30);
    assert.equal(sum(settled, 'canceled'), 10);
    const shipped = settled.filter(({ orderState }) => orderState === 'shipped').slice(0, 5);
    for (const order of shipped) assert.equal(await desk.move(order.id, 'canceled'), 200);
    await eventually('their stock is back', async () => (await desk.stockOf(id)) === 5, 60_000);
  });

  test('a broker and a product that are killed lose no order', async () => {
    const id = await desk.makeProduct(100);
    const accepted: string[] = [];
    const place = async (count: number) => {
      for (let i = 0; i < count; i += 1) {
        const order = await desk.placeOrder(id);
        if (order !== undefined) accepted.push(order);
      }
    };
    await place(10);
    await broker.kill();
    await place(10);
    await market.stack.kill('product', 'SIGKILL');
    await place(10);
    const settled = await desk.settled(id, 180_000);
    assert.deepEqual(settled.map((order) => order.id).toSorted(), accepted.toSorted());
    assert.equal(sum(settled, 'shipped'), 30);
    assert.equal(await desk.stockOf(id), 70);
  });
});
