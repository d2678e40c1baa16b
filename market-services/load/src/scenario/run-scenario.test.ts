import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { runScenario } from './run-scenario.ts';
import { compress } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** A shop whose lists answer at once, and are noted, and everything else as `answer` does. */
async function openShop(answer: RequestListener, pages: string[] = []): Promise<string> {
  const list = JSON.stringify({ items: [{ id: '1' }] });
  const server = createServer((request, response) => {
    if (request.url?.includes('?page=') !== true) return answer(request, response);
    pages.push(request.url);
    response.end(list);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const quiet = { seed: 1, onProgress: () => undefined, signal: new AbortController().signal };

function named(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  assert.ok(found);
  return found;
}

test('a compressed spike is felt stage by stage', async () => {
  const url = await openShop((_request, response) => void response.end('{}'));
  const spike = compress(named('spike'), 600);
  const result = await runScenario(spike, { ...quiet, gatewayUrl: () => url });
  const [before, during, behind] = result.stages.map(({ requests }) => requests);
  assert.ok(during !== undefined && during > 100 && during < 210, `${during} of 150`);
  assert.ok((before ?? 99) < 15 && (behind ?? 99) < 15);
  assert.equal(result.total.availability, 1);
});

test('pages are asked for at random, all over the lists, and the same seed asks for them again', async () => {
  const visits = compress(named('smoke-cached'), 2_400);
  const pagesOf = async (seed: number): Promise<string[]> => {
    const pages: string[] = [];
    const url = await openShop((_request, response) => void response.end('{}'), pages);
    await runScenario(visits, { ...quiet, seed, gatewayUrl: () => url });
    // The first two tell what there is to ask for; connections do not keep the order of the rest.
    return pages.slice(2).toSorted();
  };
  const [once, again, other] = await Promise.all([pagesOf(7), pagesOf(7), pagesOf(8)]);
  assert.deepEqual(again, once);
  assert.notDeepEqual(other, once);
  const counts = Map.groupBy(once, (page) => page);
  assert.ok(once.length > 90 && counts.size > 25, `${counts.size} of 30 pages`);
  const most = Math.max(...[...counts.values()].map(({ length }) => length));
  assert.ok(most < once.length / 6, `${most} of ${once.length} ask for one page`);
});

test('three thousand visitors who all wait neither crash the generator nor get lost', async () => {
  let waiting = 0;
  let most = 0;
  const url = await openShop((_request, response) => {
    most = Math.max(most, (waiting += 1));
    setTimeout(() => {
      waiting -= 1;
      response.end('{}');
    }, 4_000);
  });
  const users: Scenario = {
    ...named('users'),
    mix: 'database',
    stages: [{ name: 'users', seconds: 3, rps: [0, 0] }],
    visitors: { count: 3_000, thinkMs: [1_000, 2_000] },
  };
  const { total } = await runScenario(users, { ...quiet, gatewayUrl: () => url });
  assert.equal(total.requests, 3_000);
  assert.ok(most > 2_000, `${most} at once`);
  const ends = Object.values(total.errors).reduce((sum, count) => sum + count, 0);
  assert.equal(Math.round((total.availability ?? 0) * 3_000) + ends, 3_000);
});

test('a server that takes no connections ends every request as connection, none as a crash', async () => {
  const url = await openShop((request) => void request.socket.destroy());
  const stages = [{ name: 'rush', seconds: 1, rps: [1_000, 1_000] as const }];
  const rush: Scenario = { ...named('steady'), mix: 'database', stages };
  const { total } = await runScenario(rush, { ...quiet, gatewayUrl: () => url });
  assert.equal(total.errors.connection, total.requests);
});

test('an idle hour sends nothing and still has an end', async () => {
  const url = await openShop((_request, response) => void response.end('{}'));
  const idle = compress(named('idle'), 1_200);
  const { total } = await runScenario(idle, { ...quiet, gatewayUrl: () => url });
  assert.equal(total.requests, 0);
  assert.equal(total.availability, null);
});
