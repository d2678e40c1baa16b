import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildConsole } from '../build.ts';
import { drawn, openBrowser, settle } from './fixture/browser.ts';
import type { Tab, TabOptions } from './fixture/browser.ts';
import { exampleTraceId } from './fixture/market.ts';
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

test('Now shows what fires first, then the worst budget', async () => {
  const tab = await open('/');
  const titles = await tab.page.$$eval('h3 a', (links) => links.map((link) => link.textContent));
  assert.deepEqual(titles.slice(0, 3), [
    '/product answers too slowly',
    "product's queries are too slow",
    '99 % of /product requests are answered well within 2000 ms',
  ]);
  await tab.close();
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
  await tab.close();
});

test('one request that fails takes nothing else from the page', async () => {
  server.failing.add('/api/v1/alerts').add('/api/v1/sources');
  const tab = await open('/');
  await tab.page.getByText('The alerts could not be loaded').waitFor();
  await tab.page.getByText('The sources could not be loaded').waitFor();
  assert.ok((await tab.page.locator('.card').count()) >= 7);
  server.failing.clear();
  await tab.page.getByRole('button', { name: 'Try now' }).first().click();
  await tab.page.getByText('2 alerts are firing').waitFor();
  await tab.close();
});

test('the history can fail while the rest of a promise stays', async () => {
  server.failing.add('/api/v1/objectives/product-latency/series').add('/api/v1/config');
  const tab = await open('/objective/product-latency');
  await tab.page.getByText('The history could not be loaded').waitFor();
  await tab.page.getByText('The configuration could not be loaded').waitFor();
  assert.equal(await tab.page.locator('table tbody tr').count(), 7);
  server.failing.clear();
  await tab.close();
});

test('Now refreshes by itself and keeps what it knew when that fails', async () => {
  const tab = await browser.tab();
  await tab.page.clock.install();
  await settle(tab, `${server.url}/`);
  const before = asked('/api/v1/objectives');
  await tab.page.clock.runFor(16_000);
  await until(() => asked('/api/v1/objectives') > before);
  server.failing.add('/api/v1/objectives');
  await tab.page.clock.runFor(16_000);
  await tab.page.getByText('The list of promises could not be loaded').waitFor();
  await tab.page.getByText(/Showing what was known at/).waitFor();
  assert.ok((await tab.page.locator('.card').count()) >= 7);
  server.failing.clear();
  await tab.close();
});

test('dragging across a chart zooms, and Back undoes it', async () => {
  const tab = await open('/objective/product-latency?range=24h');
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
    const tab = await open(path, { timezone });
    texts.push(await tab.page.textContent('.range-shown'));
    texts.push(await tab.page.textContent('section[aria-labelledby="figure-burn"] tbody'));
    assert.ok(tab.page.url().length <= 300);
    await tab.close();
  }
  assert.equal(texts[0], texts[2]);
  assert.equal(texts[1], texts[3]);
  assert.equal(texts[0], '20 Nov, 10:00 to 21 Nov, 10:00');
});

test('the clock travels along when a link is followed', async () => {
  const tab = await open('/?tz=utc');
  await tab.page.getByRole('link', { name: 'Why it fires' }).first().click();
  await tab.page.waitForURL('**/alert/p-product?tz=utc');
  await tab.close();
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
  const tab = await open('/', { locale: 'ko-KR' });
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
  await tab.close();
});

async function open(path: string, options: TabOptions = {}): Promise<Tab> {
  const tab = await browser.tab(options);
  await settle(tab, server.url + path);
  await drawn(tab);
  return tab;
}

const asked = (path: string) => server.asked.filter((url) => url === path).length;

const untilMs = 10_000;

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + untilMs;
  while (!holds()) {
    assert.ok(Date.now() < end, 'it never happened');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
