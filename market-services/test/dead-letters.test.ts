import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPools, createRedis } from '@sprout/data';
import type { Pools, RedisClient } from '@sprout/data';
import { quietTelemetry } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { startOrderMarket } from './market.ts';
import type { OrderMarket } from './market.ts';
import { createOrderDesk } from './order-desk.ts';
import type { OrderDesk } from './order-desk.ts';
import { sprout } from './sprout.ts';

/** Messages that are given up in a real market, and what the command line does with them. */
const telemetry = quietTelemetry();
let market: OrderMarket;
let desk: OrderDesk;
let products: Pools;
let redis: RedisClient;

before(async () => {
  market = await startOrderMarket();
  const { config } = market;
  desk = createOrderDesk(market);
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

const queue = (...line: string[]) => sprout(market.config, 'queue', ...line);

const lettersSchema = z.array(
  z.object({
    id: z.string(),
    stream: z.string(),
    at: z.iso.datetime(),
    error: z.string(),
    fields: z.record(z.string(), z.string()),
  }),
);

/** Those of the stream of orders, as soon as there are so many. */
async function givenUp(count: number) {
  await eventually('given up', async () => (await redis.xlen('{orders}:dead')) >= count);
  const { code, stdout } = await queue('dead', 'orders', '--json');
  assert.equal(code, 0);
  return lettersSchema.parse(JSON.parse(stdout));
}

test('an order that a broken product gave up is shown, given back, and settled once', async () => {
  assert.match((await queue('dead')).stdout, /no message was given up/);
  const productId = await desk.makeProduct(5);
  await products.primary.change('ALTER TABLE product RENAME COLUMN stock TO stoc');
  const orderId = (await desk.placeOrder(productId, 2)) ?? assert.fail();
  await eventually('its event is in the queue', async () => (await redis.xlen('orders')) === 1);
  // order would ask again by itself, and that question would be given up too.
  market.stack.kill('order', 'SIGSTOP');
  const [letter, ...more] = await givenUp(1);
  assert.deepEqual(more, []);
  assert.equal(letter?.fields['id'], orderId);
  assert.match(letter.error, /Unknown column 'stock'/);

  const shown = await queue('show', 'orders', letter.id);
  assert.match(shown.stdout, /^type +order\.created$/m);
  assert.match(shown.stdout, new RegExp(`^body +.*"orderId":"${orderId}"`, 'm'));
  assert.match(shown.stdout, /^header\.traceparent +00-/m);
  assert.match(shown.stdout, /^error +.*Unknown column 'stock'/m);
  const asJson = await queue('show', 'orders', letter.id, '--json');
  assert.deepEqual(JSON.parse(asJson.stdout), letter);

  await products.primary.change('ALTER TABLE product RENAME COLUMN stoc TO stock');
  assert.equal((await queue('replay', 'orders', letter.id)).stdout, '1 given back\n');
  await eventually('the stock is taken', async () => (await desk.stockOf(productId)) === 3);
  market.stack.kill('order', 'SIGCONT');
  assert.equal((await desk.settled(productId))[0]?.orderState, 'shipped');
  assert.equal(await desk.stockOf(productId), 3, 'once');
  assert.equal((await queue('replay', 'orders', letter.id)).code, 1, 'it is gone');
});

test('messages that nobody understands are dropped for good, one or all', async () => {
  const poison = ['id', '1', 'type', 'order.created', 'body', '{"poison":true}'];
  for (let i = 0; i < 3; i += 1) await redis.xadd('orders', '*', ...poison);
  const [first, second, third] = await givenUp(3);
  await eventually('order says so, and who reads its stream', async () => {
    const text = await (await fetch(`${market.url('order')}/metrics`)).text();
    return (
      text.includes('messaging_dead_letters{stream="orders"} 3\n') &&
      text.includes('messaging_consumers{stream="orders",group="product"} 1\n') &&
      text.includes('messaging_consumer_lag_messages{stream="orders",group="product"} 0\n')
    );
  });
  assert.ok(first && second && third);
  assert.match((await queue('dead')).stdout, new RegExp(`^orders +${first.id} `, 'm'));
  assert.equal((await queue('drop', 'orders', second.id)).stdout, '1 dropped\n');
  const all = await queue('drop', 'orders', '--all', '--json');
  assert.deepEqual(JSON.parse(all.stdout), [first.id, third.id]);
  assert.match((await queue('dead')).stdout, /no message was given up/);
});

test('what is unclear or unknown is said, with what to do', async () => {
  for (const verb of ['dead', 'show', 'replay', 'drop']) {
    const help = await queue(verb, '--help');
    assert.equal(help.code, 0);
    assert.match(help.stdout, new RegExp(`\\./sprout queue ${verb}`));
  }
  const unclear = [
    await queue('dead', 'ordres'),
    await queue('show', 'orders'),
    await queue('replay', 'orders'),
    await queue('drop', 'orders', '1-0', '--all'),
  ];
  for (const { code, stderr } of unclear) {
    assert.equal(code, 2, stderr);
    assert.match(stderr, /error USAGE: .*\n +hint: /);
  }
  const unknown = await queue('drop', 'orders', '1-0');
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /error MESSAGE_UNKNOWN: orders has no dead message 1-0/);
});
