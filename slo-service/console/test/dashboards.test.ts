import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildConsole } from '../build.ts';
import { recordedTime } from './fixture/boards.ts';
import { drawn, openBrowser, settle } from './fixture/browser.ts';
import type { Tab } from './fixture/browser.ts';
import { press, tabTo } from './fixture/keyboard.ts';
import { exampleTraceId } from './fixture/market.ts';
import { differenceFromGolden } from './fixture/golden.ts';
import { serveFixture } from './fixture/server.ts';
import type { FixtureServer } from './fixture/server.ts';

let server: FixtureServer;
let browser: Awaited<ReturnType<typeof openBrowser>>;

before(async () => {
  await buildConsole();
  server = await serveFixture();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('every view draws what was recorded, each in its own way', async () => {
  const tab = await board('views');
  const panelOf = (title: string) =>
    tab.page.locator('.panel', {
      has: tab.page.getByRole('heading', { name: title, exact: true }),
    });
  const inPanel = (title: string, what: string) => panelOf(title).locator(what);
  assert.equal(await inPanel('Requests', '.legend b').count(), 4);
  assert.equal(await inPanel('Requests', 'canvas').count(), 1);
  assert.match((await inPanel('Latency', '.legend').textContent()) ?? '', /product298 ms/);
  assert.ok((await inPanel('Durations', 'svg rect').count()) > 300);
  assert.deepEqual(
    await inPanel('Up', 'rect title').allTextContents(),
    ['up', 'up', 'up', 'down', 'up', 'up'],
    'product was down for a while; account is not known at first',
  );
  assert.match((await inPanel('Orders', '.stat-value').textContent()) ?? '', /^1\.\d+k$/);
  assert.deepEqual(await inPanel('Disk', 'svg text').allTextContents(), ['62 %', '82 %']);
  assert.equal(await inPanel('Memory', 'li').first().textContent(), 'gateway210 MiB');
  assert.deepEqual(await inPanel('Queries', 'tbody tr').nth(2).locator('td').allTextContents(), [
    'product',
    '2.6k',
    '12',
    'Service',
  ]);
  assert.equal(await inPanel('Service graph', '.graph-edge').count(), 4);
  assert.equal(await inPanel('Service graph', '.graph-node').count(), 4);
  assert.equal(await inPanel('Slow traces', 'tbody tr').count(), 3);
  assert.ok((await inPanel('Lines', '.log').count()) > 1);
  assert.match(
    (await panelOf('Nobody measures this').textContent()) ?? '',
    /No data.*nothing matches/,
  );
  assert.match((await panelOf('Errors').textContent()) ?? '', /none failed/);
  assert.match((await panelOf('Refused').textContent()) ?? '', /prometheus does not answer/);
  assert.equal(await tab.page.getByRole('heading', { name: 'Cache' }).count(), 0, 'it is folded');
  await tab.close();
});

test('observations stand over the lines and lead to their traces', async () => {
  const tab = await board('views');
  const latency = tab.page.locator('.panel', {
    has: tab.page.getByRole('heading', { name: 'Latency', exact: true }),
  });
  await latency.locator('.chart-point').first().waitFor();
  assert.equal(await latency.locator('.chart-point').count(), 3);
  const link = latency.getByRole('link', { name: 'Trace of the highest: 500 ms' });
  assert.equal(await link.getAttribute('href'), `/trace/${exampleTraceId}`);
  await latency.locator(`.chart-point[href="/trace/${exampleTraceId}"]`).click();
  await tab.page.waitForURL(new RegExp(`/trace/${exampleTraceId}`));
  await tab.close();
});

for (const theme of ['light', 'dark'] as const) {
  test(`a board of every view looks as before in the ${theme} theme`, async (t) => {
    const tab = await board('views', '', { theme });
    for (const { name, panel } of await pictured(tab, theme)) {
      const off = await differenceFromGolden(tab, panel, name);
      t.diagnostic(`${name}: ${(100 * off).toFixed(2)} % of its regions differ`);
      assert.ok(off <= differenceMax, `${name}: ${(100 * off).toFixed(2)} % of its regions differ`);
    }
    await tab.close();
  });
}

/** Of the regions of a picture: letters may lie a little otherwise, no line may be missing. */
const differenceMax = 0.01;

test('a picture that lacks one series, line or trace is told from the one before', async (t) => {
  const tab = await board('views', '', { theme: 'light' }, withoutTheLast);
  // A single figure, what is empty and what fails have nothing to lack.
  const whole = ['stat-4', 'timeseries-11', 'stat-12', 'timeseries-13'];
  for (const { name, panel } of await pictured(tab, 'light')) {
    const off = await differenceFromGolden(tab, panel, name);
    t.diagnostic(`${name}: ${(100 * off).toFixed(2)} % of its regions differ`);
    const lacks = !whole.includes(name.replace('light-', ''));
    assert.equal(off > differenceMax, lacks, `${name}: ${(100 * off).toFixed(2)} %`);
  }
  await tab.close();
});

async function pictured(tab: Tab, theme: string) {
  const panels = await tab.page.locator('.panel').all();
  return Promise.all(
    panels.map(async (panel, index) => {
      const view = await panel.getAttribute('data-view');
      return { name: `${theme}-${view}-${index}`, panel };
    }),
  );
}

/** Every answer of several series, streams or traces loses one. */
async function withoutTheLast({ page }: Tab): Promise<void> {
  await page.route('**/telemetry/**', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as {
      data?: { result?: unknown[] };
      traces?: unknown[];
    };
    const { result = [] } = body.data ?? {};
    if (result.length > 1) result.pop();
    body.traces?.pop();
    await route.fulfill({ response, json: body });
  });
}

test('the choice of a variable narrows the queries and stands in the URL', async () => {
  const tab = await board('views');
  await tab.page.locator('.variable select').selectOption('order');
  await tab.page.waitForURL(/var-service=order/);
  await tab.page.waitForFunction(
    () => document.querySelectorAll('.legend')[0]?.children.length === 1,
  );
  const link = tab.page.locator('.legend a', { hasText: 'order' });
  assert.equal(
    await link.getAttribute('href'),
    `/dashboards/other?var-service=order&${new URLSearchParams(recordedTime)}`,
  );
  const top = await tab.page.getByRole('link', { name: 'Other' }).getAttribute('href');
  assert.match(top ?? '', /^\/dashboards\/other\?.*var-service=order/);
  await tab.close();
});

test('of sixty panels only those on the screen are asked for', async () => {
  const asked = () => server.asked.filter((url) => url.includes('demo_latency')).length;
  const before = asked();
  const tab = await board('many');
  const first = asked() - before;
  assert.ok(first > 3 && first < 30, `${first} of 60`);
  await tab.page.getByText('Panel 19.0').scrollIntoViewIfNeeded();
  await tab.page.locator('.panel', { hasText: 'Panel 19.0' }).locator('canvas').waitFor();
  assert.ok(asked() - before < 60, 'what was passed quickly is not asked for');
  await tab.close();
});

test('as many panels become tables as the address has room for', async () => {
  const tab = await board('many');
  await tab.page.$$eval('.panel-twin', (buttons) => {
    for (const button of buttons) if (button instanceof HTMLElement) button.click();
  });
  await tab.page.waitForURL(/table=.*,19-2/);
  const url = tab.page.url();
  assert.ok(url.length <= 300, `${url.length} characters`);
  assert.match(url, /table=(\d+-\d,){30,}/);
  assert.doesNotMatch(url, /table=0-0/, 'the first ones are charts again');
  await tab.close();
});

test('dashboards are found, opened, turned into tables and narrowed by keyboard alone', async () => {
  const tab = await browser.tab();
  await settle(tab, server.url);
  await press(tab, '6');
  await tab.page.waitForURL('**/dashboards');
  await drawn(tab);
  await press(tab, 'j', 'Enter');
  await tab.page.waitForURL('**/dashboards/views');
  await tab.page.locator('.panel canvas').first().waitFor();
  await press(tab, 'j', 'Enter');
  await tab.page.waitForURL(/table=0-0/);
  await tab.page.locator('.panel tbody tr').first().waitFor();
  await tabTo(tab, /^All/);
  await press(tab, 'ArrowDown');
  await tab.page.waitForURL(/var-service=/);
  await tab.close();
});

async function board(
  slug: string,
  more = '',
  options: Parameters<typeof browser.tab>[0] = {},
  prepare: (tab: Tab) => Promise<void> = async () => undefined,
): Promise<Tab> {
  const tab = await browser.tab({ width: 1440, height: slug === 'views' ? 2400 : 900, ...options });
  await prepare(tab);
  await settle(tab, `${server.url}/dashboards/${slug}?${recordedTime}${more}`);
  await tab.page.locator('.panel canvas').first().waitFor();
  await tab.page.waitForFunction(
    () =>
      document.querySelector('.panel-unseen, .panel .skeleton') === null ||
      document.querySelectorAll('.panel').length > 20,
  );
  await drawn(tab);
  return tab;
}
