import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { poissonArrivals } from './arrivals.ts';
import { startGenerator } from './generator.ts';
import type { Observation } from './generator.ts';
import { createHttpClient } from './http-client.ts';
import { seededRandom } from './random.ts';

test('requests go out on time while the server answers nothing, and the wait is felt in full', async () => {
  const held: (() => void)[] = [];
  const shop = await startShop((_request, response) => void held.push(() => response.end('late')));
  const seen: Observation[] = [];
  const generator = start(shop.url, 2000, seen);
  await shop.until(() => held.length >= 50);
  assert.equal(seen.length, 0, 'nothing is answered yet');
  await new Promise((resolve) => setTimeout(resolve, 300));
  generator.stop();
  const release = setInterval(() => held.splice(0).forEach((answer) => answer()), 5);
  await generator.done;
  clearInterval(release);
  const slowest = Math.max(...seen.map((observation) => observation.latencyMs));
  assert.ok(slowest >= 300, `the first request waited 300 ms and more, not ${slowest}`);
  shop.close();
});

test('each end has its name', async () => {
  const statuses = [200, 404, 503];
  const shop = await startShop((_request, response) => {
    response.statusCode = statuses.shift() ?? 200;
    response.end();
  });
  const client = createHttpClient(() => shop.url, 1000);
  const outcomes = [];
  for (let count = 0; count < 3; count += 1) {
    outcomes.push((await client.send({ method: 'GET', path: '/' })).outcome);
  }
  assert.deepEqual(outcomes, ['ok', 'client_error', 'server_error']);
  shop.close();
  assert.equal((await client.send({ method: 'GET', path: '/' })).outcome, 'connection');
  client.close();
});

test('a visitor gives up after his patience', async () => {
  const shop = await startShop(() => undefined);
  const client = createHttpClient(() => shop.url, 50);
  assert.equal((await client.send({ method: 'GET', path: '/' })).outcome, 'timeout');
  client.close();
  shop.close();
});

test('what is due beyond the bound is told as not sent', async () => {
  const shop = await startShop(() => undefined);
  const seen: Observation[] = [];
  const generator = start(shop.url, 100, seen, 3);
  await shop.until(() => seen.some((observation) => observation.outcome === 'not_sent'));
  generator.stop();
  await generator.done;
  shop.close();
});

function start(url: string, patienceMs: number, seen: Observation[], underWayMax = 4000) {
  return startGenerator({
    client: createHttpClient(() => url, patienceMs),
    arrivals: poissonArrivals(200, seededRandom(1)),
    durationMs: Infinity,
    plan: () => ({ method: 'GET', path: '/' }),
    observe: (observation) => void seen.push(observation),
    underWayMax,
  });
}

async function startShop(handler: RequestListener) {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    until: async (condition: () => boolean) => {
      while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
