import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createLifecycle, createLogger } from '@sprout/process';
import { objectiveListSchema } from '../api/schemas.ts';
import type { ObjectiveList } from '../api/schemas.ts';
import { createApp } from '../api/app.ts';
import { createService } from '../service.ts';
import { testConfig, testObjectives } from '../testing/test-config.ts';

const objectivesCount = 5000;
const [sample] = testObjectives;
assert.ok(sample);
const objectives = Array.from({ length: objectivesCount }, (_, index) => ({
  ...sample,
  id: `shop-${String(index).padStart(4, '0')}`,
}));

let url: string;
/** How often the meter was asked of itself, which takes as long as there are objectives. */
let asked = 0;
const stops: (() => unknown)[] = [];
before(async () => {
  const test = testConfig({ objectives });
  const logger = createLogger('slo-service');
  logger.silent = true;
  const lifecycle = createLifecycle(logger);
  const { context } = await createService({
    config: test.config,
    logger,
    lifecycle,
    ownUrl: () => url,
  });
  const meterHealth = () => ((asked += 1), context.meterHealth());
  const server = createApp({ ...context, meterHealth }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  url = `http://127.0.0.1:${address.port}`;
  stops.push(() => server.close(), lifecycle.stop, test.dispose);
});
after(async () => {
  for (const stop of stops) await stop();
});

test('of 5,000 objectives a page is answered within a second once they were read', async (t) => {
  const firstMs = await timed(() => list(''));
  assert.equal(asked, 1, 'the meter is asked once for all objectives');
  let page: ObjectiveList | undefined;
  const ms = await timed(async () => (page = await list('?sort=worst&limit=50')));
  t.diagnostic(`first ${firstMs.toFixed()} ms, then ${ms.toFixed()} ms`);
  assert.deepEqual([page?.items.length, page?.total], [50, objectivesCount]);
  assert.ok(ms < 1000, `${ms} ms`);
});

test('who asks at the same time gets the same figures', async () => {
  const [a, b] = await Promise.all([list('?limit=1&offset=7'), list('?limit=1&offset=7')]);
  assert.deepEqual(a, b);
});

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

async function list(query: string): Promise<ObjectiveList> {
  const response = await fetch(`${url}/api/v1/objectives${query}`);
  assert.equal(response.status, 200);
  return objectiveListSchema.parse(await response.json());
}
