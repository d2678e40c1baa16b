import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { burnRatePairs } from '@sprout/objectives';
import { timing } from '@sprout/process';
import type { Page, PageList } from '@sprout/slo-service/api';
import { keepScreenshot, startBrowser } from './browser.ts';
import type { Browser } from './browser.ts';
import { getJson, objective, promql, setFault, spansOf } from './public-apis.ts';
import { startTestStack } from './stack.ts';
import { eventually } from '@sprout/process/testing';
import type { TestStack } from './stack.ts';

/**
 * The database of the product service becomes slow; one page tells the right people the right
 * things; it ends when the fault does. Time is compressed, and the stack has an hour of good
 * history, so the page comes when the windows say, not sooner.
 */
const timeScale = 20;
const { scaled } = timing(timeScale);
const monthSeconds = 30 * 86_400;
const fastest = burnRatePairs(monthSeconds)[0]!;
let stack: TestStack;
let browser: Browser;
let page: Page;
let goodSeconds: number;
let startedMs: number;

before(async () => {
  stack = await startTestStack({ timeScale });
  browser = await startBrowser();
  const bornMs = Date.now();
  const historySeconds = scaled(fastest.longSeconds);
  await eventually(
    'an hour of good history',
    async () => {
      await sleep(1000);
      return (Date.now() - bornMs) / 1000 > historySeconds || undefined;
    },
    historySeconds * 2000,
  );
  goodSeconds = (Date.now() - bornMs) / 1000;
  const { budget, burnRates } = await objective(stack, 'product-latency');
  const burn = burnRates.find(({ window }) => window === '1h')?.burnRate ?? 0;
  assert.ok(
    burn < 3,
    `the history is not good: burn ${burn}, ${budget.bad} of ${budget.valid} bad`,
  );
  assert.deepEqual(await pages(), []);
  await showNow('now');
  startedMs = Date.now();
  await setFault(stack, 'product-db-slow', 'PUT');
});
after(async () => {
  await browser?.close();
  await stack?.stop();
});

test('one page for the product route comes when the windows say', async () => {
  // A total outage fires when its share of the long window reaches factor × (1 − target).
  const expectedSeconds = scaled(fastest.longSeconds) * fastest.factor * 0.01;
  page = await eventually('a page', async () => (await pages())[0], 120_000);
  const seconds = (Date.now() - startedMs) / 1000;
  assert.ok(
    seconds > expectedSeconds * 0.8 && seconds < expectedSeconds + 30,
    `paged after ${seconds} s, the windows say ${expectedSeconds} s after ${goodSeconds} s of history`,
  );
  assert.equal(page.pageGroup, 'route-product');
});

test('it names objective, burn rate, budget spent, dashboard and an example trace', async () => {
  page = await eventually('the page has all it needs', async () => {
    const [found] = await pages();
    return found?.exampleTrace && found.budgetSpent.length > 0 ? found : undefined;
  });
  const [first] = page.objectives;
  assert.match(first?.id ?? '', /^product-(latency|availability)$/);
  assert.ok((first?.burnRate ?? 0) >= fastest.factor, `burn rate ${first?.burnRate}`);
  assert.ok((page.budgetSpent[0]?.fraction ?? 0) > 0);
  assert.match(page.dashboardUrl ?? '', /product-(latency|availability)/);
  const spans = await spansOf(stack, page.exampleTrace?.traceId ?? '');
  assert.ok(spans.some((span) => span.service === 'gateway'));
});

test('the text of the alert says what the ledger has left', async () => {
  const url = `${stack.url('prometheus')}/api/v1/alerts`;
  const { data } = (await getJson(url)) as {
    data: { alerts: { labels: Record<string, string>; annotations: Record<string, string> }[] };
  };
  const alert = data.alerts.find(({ labels }) => labels['page_group'] === 'route-product');
  assert.match(
    alert?.annotations['budget_left'] ?? '',
    /^By the ledger -?[\d.]+% of it was left at \d\d:\d\d UTC\.$/,
  );
});

test('the console leads from the page to the trace in two clicks', async () => {
  const tab = await browser.open(stack.url('slo-service'));
  await tab
    .getByRole('link', { name: /product/i })
    .first()
    .waitFor();
  await keepScreenshot(tab, 'now-firing');
  await tab.locator('a[href*="/alert/"]').first().click();
  await tab.locator('a[href*="/trace/"]').first().waitFor();
  await keepScreenshot(tab, 'alert');
  await tab.locator('a[href*="/trace/"]').first().click();
  await tab.getByText('gateway').first().waitFor();
  await keepScreenshot(tab, 'trace');
  await tab.goto(`${stack.url('slo-service')}/objective/product-latency`);
  await tab.locator('canvas').first().waitFor();
  await sleep(1000);
  await keepScreenshot(tab, 'objective');
  await tab.close();
});

/**
 * The breaker's 20 s are real time, the short window is compressed: 40 s by calculation. Cores that
 * are slower than the compressed clock wants took 49 to more than 120.
 */
const clearedMsMax = 300_000;

test('it clears after the fault, and it was exactly one page', async () => {
  await setFault(stack, 'product-db-slow', 'DELETE');
  await eventually(
    'the page is resolved',
    async () => (await pages()).every(({ status }) => status === 'resolved') || undefined,
    clearedMsMax,
  );
  assert.equal((await pages()).length, 1);
  const firing = await promql(stack, 'count(ALERTS{severity="page",alertstate="firing"})');
  assert.equal(firing, 0);
});

async function showNow(name: string): Promise<void> {
  const tab = await browser.open(stack.url('slo-service'));
  await tab
    .getByRole('link', { name: /product/i })
    .first()
    .waitFor();
  await sleep(1000);
  await keepScreenshot(tab, name);
  await tab.close();
}

async function pages(): Promise<Page[]> {
  const { items } = (await getJson(`${stack.url('slo-service')}/api/v1/alerts`)) as PageList;
  return items.filter(({ severity }) => severity === 'page');
}
