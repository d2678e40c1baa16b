import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildConsole } from '../build.ts';
import { routeOfPath } from '../src/shell/route.ts';
import type { Route } from '../src/shell/route.ts';
import { openBrowser, settle } from './fixture/browser.ts';
import type { Tab, TabOptions } from './fixture/browser.ts';
import { exampleTraceId } from './fixture/market.ts';
import { serveFixture } from './fixture/server.ts';
import type { FixtureServer } from './fixture/server.ts';
import { views } from './fixture/views.ts';

let server: FixtureServer;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let shared: Tab;

before(async () => {
  await buildConsole();
  server = await serveFixture();
  browser = await openBrowser();
  shared = await browser.tab();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('Now shows what fires first, then the worst budget', async () => {
  const tab = await open('/');
  await tab.page.getByText('2 alerts are firing').waitFor();
  const titles = await tab.page.$$eval('h3 a', (links) => links.map((link) => link.textContent));
  assert.deepEqual(titles.slice(0, 3), [
    '/product answers too slowly',
    "product's queries are too slow",
    'Products · answered well in time',
  ]);
});

test('every state stands with its cause and its fix', async () => {
  const tab = await open('/');
  const notes = await tab.page.$$eval('.state-note', (elements) =>
    elements.map((element) =>
      [...element.querySelectorAll('dd')].map((dd) => dd.textContent ?? ''),
    ),
  );
  assert.deepEqual(notes.map(([state]) => state).toSorted(), [
    'Misconfigured',
    'No data',
    'No traffic',
    'Stale',
  ]);
  for (const [, cause = '', fix = ''] of notes) assert.ok(cause !== '' && fix !== '');
});

test('one request that fails takes nothing else from the page', async () => {
  server.failing.add('/api/v1/alerts').add('/api/v1/sources');
  const tab = await open('/');
  await tab.page.getByText('The alerts could not be loaded').waitFor();
  await tab.page.getByText('The sources could not be loaded').waitFor();
  assert.ok((await tab.page.locator('.promise').count()) >= 7);
  server.failing.clear();
  await tab.page.getByRole('button', { name: 'Try now' }).first().click();
  await tab.page.getByText('2 alerts are firing').waitFor();
});

test('the history can fail while the rest of a promise stays', async () => {
  server.failing.add('/api/v1/objectives/product-latency/series').add('/api/v1/config');
  const tab = await open('/objective/product-latency');
  await tab.page.getByText('The history could not be loaded').waitFor();
  await tab.page.getByText('The configuration could not be loaded').waitFor();
  assert.equal(await tab.page.locator('section[aria-labelledby="burn-title"] tbody tr').count(), 7);
  server.failing.clear();
});

test('Now refreshes by itself and keeps what it knew when that fails', async () => {
  const tab = await browser.tab();
  await tab.page.clock.install();
  await settle(tab, `${server.url}/`);
  const before = listsAsked();
  await tab.page.clock.runFor(16_000);
  await until(() => listsAsked() > before);
  server.failing.add('/api/v1/objectives');
  await tab.page.clock.runFor(16_000);
  await tab.page.getByText('The list of promises could not be loaded').waitFor();
  await tab.page.getByText(/Showing what was known at/).waitFor();
  assert.ok((await tab.page.locator('.promise').count()) >= 7);
  server.failing.clear();
  await tab.close();
});

test('dragging across a chart zooms, and Back undoes it', async () => {
  const tab = await openApart('/objective/product-latency?range=24h');
  // What arrives late above a chart moves it away from under the mouse.
  await tab.page.waitForLoadState('networkidle');
  await tab.page.locator('.chart').first().scrollIntoViewIfNeeded();
  const box = await tab.page.locator('.chart').first().boundingBox();
  assert.ok(box);
  await tab.page.mouse.move(box.x + 300, box.y + 100);
  await tab.page.mouse.down();
  await tab.page.mouse.move(box.x + 600, box.y + 120, { steps: 5 });
  await tab.page.mouse.up();
  await tab.page.waitForURL(/from=.*&to=/);
  await tab.page.goBack();
  await tab.page.waitForURL(/range=24h/);
  await tab.close();
});

test('a shared URL is short and reads the same in another time zone', async () => {
  const path =
    '/objective/product-latency?from=2026-11-20T10:00Z&to=2026-11-21T10:00Z&table=burn,sli&tz=utc';
  const texts: (string | null)[] = [];
  for (const timezone of ['Asia/Seoul', 'America/New_York']) {
    const tab = await openApart(path, { timezone });
    texts.push(await tab.page.textContent('.range-shown'));
    texts.push(await tab.page.textContent('section[aria-labelledby="figure-burn"] tbody'));
    assert.ok(tab.page.url().length <= 300);
    await tab.close();
  }
  assert.equal(texts[0], texts[2]);
  assert.equal(texts[1], texts[3]);
  assert.equal(texts[0], '20 Nov, 10:00 to 21 Nov, 10:00');
});

test('there is a view of every page', () => {
  const seen = Object.values(views).map(
    (path) => routeOfPath(new URL(path, server.url).pathname).page,
  );
  assert.deepEqual(new Set(seen), new Set(Object.keys(everyPage)));
});

/** A page that is added is asked for here. */
const everyPage: Readonly<Record<Route['page'], true>> = {
  now: true,
  objective: true,
  timeline: true,
  reports: true,
  report: true,
  exclusions: true,
  draft: true,
  'what-if': true,
  alert: true,
  trace: true,
  dashboards: true,
  dashboard: true,
  logs: true,
  missing: true,
};

test('every view has a short URL and reads the same in another time zone', async () => {
  const [here, there] = await Promise.all([
    textOfViews('Asia/Seoul'),
    textOfViews('America/New_York'),
  ]);
  for (const [name, text] of here) assert.equal(there.get(name), text, name);
});

test('the widest choice on a page still fits into a short URL', async () => {
  const tab = await open(
    '/objective/product-latency?from=2026-11-20T10:00:15Z&to=2026-11-21T10:00:45Z&tz=utc',
  );
  const charts = tab.page.getByRole('button', { name: /: Table$/ });
  while ((await charts.count()) > 0) await charts.first().click();
  assert.match(tab.page.url(), /table=\w+(,\w+){3}/);
  assert.ok(tab.page.url().length <= 300, tab.page.url());
});

test('a promise of a calendar month shows the month against what it allows', async () => {
  const tab = await open('/objective/order-latency');
  await tab.page.getByText(/bad of .* allowed so far/).waitFor();
  await tab.page.getByText('November’s budget', { exact: false }).first().waitFor();
});

test('a rolling promise says what left its window', async () => {
  const tab = await open('/objective/product-latency?range=24h');
  await tab.page.getByText(/bad events came in and .* left the window/).waitFor();
});

test('an alert shows both windows against its threshold, and what fired before', async () => {
  const tab = await open('/alert/p-product');
  await tab.page.getByText(/both burn faster than 14.4×/).waitFor();
  const rows = tab.page.locator('.why tbody tr');
  assert.deepEqual(await rows.locator('td:first-child').allTextContents(), [
    'Long: 1 hour',
    'Short: 5 minutes',
  ]);
  await tab.page
    .locator('section[aria-labelledby="past-title"]')
    .getByText('/product fails')
    .waitFor();
});

test('a report tells all figures of its incidents, and is printed without its controls', async () => {
  const tab = await openApart('/report/product-latency');
  const tiles = (await tab.page.textContent('.report .tiles'))?.replaceAll('\u00a0', ' ') ?? '';
  for (const tile of [/MTTF9d 14h/, /Availability by time99\.67 %of /]) assert.match(tiles, tile);
  await tab.page.emulateMedia({ media: 'print' });
  assert.equal(await tab.page.locator('header.header').isVisible(), false);
  assert.equal(await tab.page.getByRole('button', { name: 'Print' }).isVisible(), false);
  assert.equal(
    await tab.page.getByRole('heading', { name: 'What spent the budget' }).isVisible(),
    true,
  );
  await tab.close();
});

test('the clock travels along when a link is followed', async () => {
  const tab = await open('/?tz=utc');
  await tab.page.getByRole('link', { name: 'Why it fires' }).first().click();
  await tab.page.waitForURL('**/alert/p-product?tz=utc');
});

test('charts are drawn under a locale that is no language tag', async () => {
  const tab = await browser.tab();
  await tab.page.addInitScript(() => {
    Object.defineProperty(navigator, 'language', { value: 'en-US@posix', configurable: true });
    Object.defineProperty(navigator, 'languages', { value: ['en-US@posix'], configurable: true });
  });
  await settle(tab, `${server.url}/objective/product-latency`);
  assert.ok((await tab.page.locator('.chart canvas').count()) >= 4);
  assert.deepEqual(tab.complaints, []);
  await tab.close();
});

test('a Korean browser is spoken to in Korean', async () => {
  const tab = await openApart('/', { locale: 'ko-KR' });
  assert.match((await tab.page.textContent('h1')) ?? '', /약속 \d+개 중 2개가 깨졌습니다/);
  await tab.close();
});

test('a trace shows its slowest failing span and its own log lines', async () => {
  const tab = await open(`/trace/${exampleTraceId}`);
  assert.equal(await tab.page.locator('.waterfall tbody tr').count(), 7);
  assert.match((await tab.page.textContent('tr:has(.span-failed)')) ?? '', /SELECT market_product/);
  assert.ok(
    server.asked.some((url) => url.includes(exampleTraceId) && url.includes('query_range')),
  );
  await tab.page.getByText('query timed out after 2000 ms').waitFor();
});

/** In the tab of all tests, which begins anew with each address. */
async function open(path: string): Promise<Tab> {
  await settle(shared, server.url + path);
  return shared;
}

/** In a tab for one test: of another person, or left in another state. */
async function openApart(path: string, options: TabOptions = {}): Promise<Tab> {
  const tab = await browser.tab(options);
  await settle(tab, server.url + path);
  return tab;
}

/** What every view says in UTC to a browser of that time zone. */
async function textOfViews(timezone: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const tab = await browser.tab({ timezone });
  await tab.page.clock.setFixedTime(server.nowMs);
  for (const [name, path] of Object.entries(views)) {
    const url = new URL(path, server.url);
    url.searchParams.set('tz', 'utc');
    const height = path.startsWith('/dashboards/') ? tallerThanEveryBoard : 900;
    await tab.page.setViewportSize({ width: 1440, height });
    await settle(tab, url.href);
    assert.ok(tab.page.url().length <= 300, `${name}: ${tab.page.url().length} characters`);
    texts.set(name, await settledText(tab.page));
  }
  await tab.close();
  return texts;
}

const listsAsked = () => server.asked.filter((url) => url.startsWith('/api/v1/objectives?')).length;

const untilMs = 10_000;

/** Pixels: what a board shows below the screen depends on how fast the panels above it grow. */
const tallerThanEveryBoard = 6_000;

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + untilMs;
  while (!holds()) {
    assert.ok(Date.now() < end, 'it never happened');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a page says once its panels, which ask when they are seen, have all been answered. */
async function settledText(page: Tab['page']): Promise<string> {
  await page.waitForFunction(() => !document.querySelector('.panel-unseen, .skeleton'));
  for (let before = ''; ;) {
    const text = await page.innerText('main');
    if (text === before) return text;
    before = text;
    await page.waitForTimeout(200);
  }
}
