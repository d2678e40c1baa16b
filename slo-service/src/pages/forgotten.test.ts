import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { after, before, beforeEach, it } from 'node:test';
import { alertmanagerClient } from '@sprout/query';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { startAlertmanager } from '../testing/alertmanager-process.ts';
import type { TestAlertmanager } from '../testing/alertmanager-process.ts';
import { testConfig } from '../testing/test-config.ts';
import { createForgotten } from './forgotten.ts';
import { openPageStore } from './page-store.ts';
import type { PageStore } from './page-store.ts';
import { createPager } from './pager.ts';
import type { Pager } from './pager.ts';
import { openWatchdogStore } from './watchdog-store.ts';
import { webhookSchema } from './webhook.ts';

const everyMs = 300_000;
const { config, dispose } = testConfig();
let alertmanager: TestAlertmanager;
let hook: Server;
let store: PageStore;
let pager: Pager;
let look: () => Promise<void>;
let errors: string[];
let isMeasured: boolean;
let isAway: boolean;
let nowMs = Date.now();
/** What becomes of a notification. */
let hear: (body: unknown) => Promise<unknown>;

before(async () => {
  hook = createServer((request, response) => {
    json(request)
      .then(async (body) => hear(body))
      .then(() => response.end())
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  hook.listen(0, '127.0.0.1');
  await once(hook, 'listening');
  const { port } = hook.address() as AddressInfo;
  alertmanager = await startAlertmanager(`http://127.0.0.1:${port}/`);
});

after(async () => {
  await alertmanager.stop();
  hook.close();
  dispose();
});

beforeEach(async () => {
  [errors, isMeasured, isAway] = [[], true, false];
  const records = openSqliteRecords(':memory:');
  store = await openPageStore(records);
  pager = createPager({
    store,
    watchdog: await openWatchdogStore(records),
    objectives: config.objectives,
    prometheus: { queryExemplars: async () => [] },
    budgetLeft: async () => ({ leftFraction: null, asOf: '' }),
    // It was measured when the page began.
    isSeen: async (_, atMs) => isMeasured || atMs < nowMs,
    onError: (message, error) => assert.fail(`${message}: ${String(error)}`),
  });
  const { groups } = alertmanagerClient({
    address: () => (isAway ? 'http://127.0.0.1:9' : alertmanager.url),
  });
  const onError = (_: string, error: unknown) => void errors.push(String(error));
  const forgotten = createForgotten({ store, pager, everyMs, groups, onEnd: () => {}, onError });
  look = () => forgotten((nowMs += everyMs));
});

it('a page whose end was never told ends with the second look that does not know its group', async () => {
  await fires('shop');
  await look();
  await look();
  assert.equal(statusOf('shop'), 'firing', 'it does fire');
  await endsUnheard('shop');
  await look();
  assert.equal(statusOf('shop'), 'firing', 'one look is not enough');
  await look();
  assert.equal(statusOf('shop'), 'resolved');
});

it('a name that needs quoting is known again; one that Go escapes is compared by its alerts', async () => {
  for (const group of ['주문 "급행", a="b"', 'wide\u00a0blank']) {
    await fires(group);
    await look();
    await look();
    assert.equal(statusOf(group), 'firing', group);
    await endsUnheard(group);
    await look();
    await look();
    assert.equal(statusOf(group), 'resolved', group);
  }
});

it('an Alertmanager that does not answer ends nothing, and two looks begin anew', async () => {
  await fires('silent');
  await endsUnheard('silent');
  await look();
  isAway = true;
  for (const _ of [1, 2, 3]) await look();
  assert.equal(statusOf('silent'), 'firing');
  assert.equal(errors.length, 3);
  isAway = false;
  await look();
  assert.equal(statusOf('silent'), 'firing');
  await look();
  assert.equal(statusOf('silent'), 'resolved');
});

it('what is not measured goes on until it is', async () => {
  await fires('unmeasured');
  await endsUnheard('unmeasured');
  isMeasured = false;
  for (const _ of [1, 2, 3]) await look();
  assert.equal(statusOf('unmeasured'), 'firing');
  isMeasured = true;
  await look();
  assert.equal(statusOf('unmeasured'), 'resolved');
});

it('between two looks nobody is asked', async () => {
  isAway = true;
  await fires('slow');
  await look();
  assert.equal(errors.length, 1);
  nowMs -= everyMs - 1000;
  await look();
  assert.equal(errors.length, 1);
});

/** An alert fires, and its notification arrives. */
async function fires(group: string): Promise<void> {
  hear = (body) => pager.notify(webhookSchema.parse(body), nowMs);
  await tell(group, new Date(Date.now() + 3_600_000));
  await until(() => statusOf(group) === 'firing');
}

/** It ends, and its notification is lost. */
async function endsUnheard(group: string): Promise<void> {
  let lost = false;
  hear = async () => void (lost = true);
  await tell(group, new Date());
  await until(() => lost);
}

async function tell(group: string, endsAt: Date): Promise<void> {
  const labels = {
    alertname: 'Burn',
    severity: 'page',
    objective: 'shop-availability',
    page_group: group,
  };
  const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ labels, endsAt: endsAt.toISOString() }]),
  });
  assert.equal(response.status, 200, await response.text());
}

const statusOf = (group: string) =>
  store.list({ limit: 10 }).find(({ page }) => page.pageGroup === group)?.page.status;

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < end, 'it never happened');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
