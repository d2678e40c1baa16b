import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { buildConsole } from '../build.ts';
import { refreshMs } from '../src/api/resource.ts';
import { violations } from './fixture/axe.ts';
import { drawn, openBrowser, settle } from './fixture/browser.ts';
import type { Tab } from './fixture/browser.ts';
import { focusedText, press, tabTo } from './fixture/keyboard.ts';
import { exampleTraceId } from './fixture/market.ts';
import { serveFixture } from './fixture/server.ts';
import type { FixtureServer } from './fixture/server.ts';

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

test('from the first page, an alert and its trace are two steps away', async () => {
  const tab = await open('/');
  // What fires comes first, as soon as it is known.
  await tab.page.locator('a[href*="/alert/p-product"]').first().waitFor();
  await press(tab, 'j', 'Enter');
  await tab.page.waitForURL('**/alert/p-product');
  await drawn(tab);
  await tabTo(tab, 'Example trace');
  await press(tab, 'Enter');
  await tab.page.waitForURL(`**/trace/${exampleTraceId}`);
  await drawn(tab);
  assert.match((await tab.page.textContent('.trace-errors')) ?? '', /1 with errors/);
});

test('a promise is found by filter and opened', async () => {
  const tab = await open('/');
  await press(tab, '/');
  await tab.page.keyboard.type('order-db');
  await tab.page.waitForURL(/\?q=order-db$/);
  await tab.page.waitForFunction(() => document.querySelectorAll('.promise').length === 1);
  await press(tab, 'Escape', 'k', 'Enter');
  await tab.page.waitForURL('**/objective/order-db');
});

test('a letter typed just as the filter reaches the URL is kept', async () => {
  const tab = await open('/');
  await tab.page.evaluate(typeMoreAsTheUrlChanges);
  await press(tab, '/');
  await tab.page.keyboard.type('order');
  await tab.page.waitForURL(/\?q=order-db$/);
  assert.equal(await tab.page.inputValue('[data-search]'), 'order-db');
});

test('one key press on a promise shows what spent it, and a request that failed', async () => {
  const tab = await open('/');
  await tabTo(tab, 'What spent it: Products · answered well in time');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/open=product-latency/);
  const spent = tab.page.locator('.spenders');
  await spent.getByText('/product fails').waitFor();
  await tab.page.getByText(/region busan: .* bad/).waitFor();
  await tabTo(tab, 'Example trace');
  await press(tab, 'Enter');
  await tab.page.waitForURL(`**/trace/${exampleTraceId}`);
});

test('a promise by groups that nobody was paged for shows a request too', async () => {
  const tab = await open('/objective/product-latency-2h');
  await tab.page.getByText(/region busan: .* bad/).waitFor();
  await tabTo(tab, 'Example trace');
  await press(tab, 'Enter');
  await tab.page.waitForURL(`**/trace/${exampleTraceId}`);
});

test('a promise without groups shows which labels spent it, and a request, as soon', async () => {
  const tab = await open('/');
  await tabTo(tab, 'What spent it: Products · answered');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/open=product-availability/);
  await tab.page.getByText(/outcome timeout: .* bad/).waitFor();
  await tab.page.getByText(/the samples that Prometheus has/).waitFor();
  await tabTo(tab, 'Example trace');
  await press(tab, 'Enter');
  await tab.page.waitForURL(`**/trace/${exampleTraceId}`);
});

test('an incident and a time of a chart lead to their minutes, and on to other hours', async () => {
  const tab = await open('/?open=product-latency&tz=utc');
  const link = tab.page.getByRole('link', { name: /^The minutes from/ }).first();
  const asked = /The minutes from (.*)/.exec((await link.getAttribute('aria-label')) ?? '')?.[1];
  await link.focus();
  await press(tab, 'Enter');
  await tab.page.waitForURL(/\/objective\/product-latency\?minutes=[\dT:-]+Z&tz=utc$/);
  const rows = tab.page.locator('[aria-labelledby="minutes-title"] tbody tr');
  await rows.first().waitFor();
  assert.equal(await rows.count(), 60);
  assert.equal(await rows.first().locator('td').first().textContent(), asked);
  assert.match((await rows.first().textContent()) ?? '', /Worse than promised/);
  await tabTo(tab, 'The hour before');
  await press(tab, 'Enter');
  await tab.page.waitForFunction(
    (text) => document.querySelector('[aria-labelledby="minutes-title"] td')?.textContent !== text,
    asked,
  );
  await tabTo(tab, 'Budget burn-down: Table');
  await press(tab, 'Enter', 'Tab', 'Tab', 'ArrowDown', 'ArrowDown', 'Enter');
  await tab.page.waitForURL(/minutes=.*table=burn|table=burn.*minutes=/);
  const third = tab.page.locator('[aria-labelledby="figure-burn"] tbody tr').nth(2);
  const at = (await third.locator('td').first().textContent()) ?? '';
  const [, day, time] = /^(\S+ \S+) \d+, (\d\d:\d\d)/.exec(at) ?? [];
  await rows.first().getByText(`${day}, ${time}`).waitFor();
});

test('the ledger is compared with PromQL, and the labels that spent it are named', async () => {
  const tab = await open('/objective/product-latency?range=1h');
  await tab.page.getByText(/region busan: .* bad/).waitFor();
  await tabTo(tab, 'The last 6h');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/explain=6h/);
  await tab.page.getByText(/Most of the difference is the edges of the window/).waitFor();
  assert.equal(await tab.page.locator('[aria-labelledby="explain-title"] tbody tr').count(), 5);
  await press(tab, 'Enter');
  await tab.page.waitForURL((url) => !url.search.includes('explain'));
});

test('the header is skipped with the first key', async () => {
  const tab = await open('/');
  await press(tab, 'Tab');
  assert.equal(await focusedText(tab), 'Skip to content');
  await press(tab, 'Enter', 'Tab');
  assert.ok(await tab.page.evaluate(() => document.activeElement?.closest('main') !== null));
});

test('an incident is excluded from where it is shown', async () => {
  const tab = await open('/?open=product-latency&tz=utc');
  await tab.page.getByText(/region busan: .* bad/).waitFor();
  await tabTo(tab, /^Exclude the incident of /);
  await press(tab, 'Enter');
  await tab.page.waitForURL(/\/exclusions\?objective=product-latency&incident=/);
  await drawn(tab);
  await tabTo(tab, 'reason');
  await tab.page.keyboard.type('the cable was cut');
  await press(tab, 'Tab');
  await tab.page.keyboard.type('ana');
  const isSent = tab.page.waitForRequest((request) => request.method() === 'POST');
  await press(tab, 'Enter');
  const { objectives, when, reason, by } = (await isSent).postDataJSON();
  assert.deepEqual([objectives, reason, by], [['product-latency'], 'the cable was cut', 'ana']);
  assert.equal(when.kind, 'incident');
  await tab.page.getByText('Excluded. Budgets are judged without it').waitFor();
});

test('an entry of the timeline leads to its page, and a report is printed', async () => {
  const tab = await open('/timeline');
  await press(tab, 'j');
  const href = await tab.page.evaluate(() => document.activeElement?.getAttribute('href'));
  assert.ok(href);
  await press(tab, 'Enter');
  await tab.page.waitForURL(`**${href}`);
  await settle(tab, `${server.url}/report/product-latency`);
  await tab.page.evaluate(() => (window.print = () => (document.title = 'printed')));
  await tabTo(tab, 'Print');
  await press(tab, 'Enter');
  assert.equal(await tab.page.title(), 'printed');
});

test('a request that failed is sent again', async () => {
  server.failing.add('/api/v1/alerts');
  const tab = await open('/');
  await tab.page.getByText('The alerts could not be loaded').waitFor();
  server.failing.clear();
  await tabTo(tab, 'Try now');
  await press(tab, 'Enter');
  // Sooner than the page asks again by itself.
  await tab.page.getByText('2 alerts are firing').waitFor({ timeout: refreshMs / 2 });
});

test('another target is asked for and judged', async () => {
  const tab = await open('/what-if/product-latency');
  await tabTo(tab, 'target');
  await tab.page.keyboard.type('98');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/target=98/);
  await tab.page.getByText('Met', { exact: true }).first().waitFor();
  await tab.page.goBack();
  await tab.page.getByText('Ask for another target or window.').waitFor();
});

test('a promise that nobody made yet is tried: what is wrong with its line, and when it would have alerted', async () => {
  const tab = await open('/what-if/product-latency');
  await tabTo(tab, 'Change it as OpenSLO');
  await press(tab, 'Enter');
  await tab.page.waitForURL('**/what-if?from=product-latency');
  await drawn(tab);
  await tabTo(tab, /^apiVersion: openslo/);
  assert.match(await tab.page.inputValue('textarea'), /name: product-latency/);
  await tab.page.keyboard.type('# mine');
  await tabTo(tab, 'Try');
  await press(tab, 'Enter');
  await tab.page.getByText('To correct: 1').waitFor();
  await tab.page.getByText('the id product-latency is taken').waitFor();
  await tab.page.getByText('4 min excluded from budgets').waitFor();
  await tab.page.getByText(/ErrorBudgetBurnFast: 1 earlier/).waitFor();
  await tab.page.getByText(/counted what was answered within another threshold/).waitFor();
  assert.match(tab.page.url(), /what-if\?from=product-latency$/, 'what is typed stays in the page');
});

test('the timeline is narrowed to a kind and exported', async () => {
  const tab = await open('/');
  await press(tab, '2');
  await tab.page.waitForURL('**/timeline');
  await drawn(tab);
  await tabTo(tab, 'Deploys');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/kind=deploy/);
  assert.equal(await tab.page.locator('.entries tbody tr').count(), 2);
  await tabTo(tab, 'Export CSV');
  const [download] = await Promise.all([tab.page.waitForEvent('download'), press(tab, 'Enter')]);
  const csv = await readFile(await download.path(), 'utf8');
  assert.match(csv, /^at,kind,event,text,by\r\n.+,deploy,configuration,/);
});

test('deploys are reached on the lanes and beside the charts, one stop of Tab each', async () => {
  const tab = await open('/timeline');
  await tabTo(tab, /^product 1\.4\.2, /);
  await press(tab, 'ArrowRight');
  assert.match(await focusedText(tab), /^pool of 20 connections, /);
  await press(tab, 'Enter');
  await tab.page.waitForURL(/from=.*&to=/);
  await settle(tab, `${server.url}/objective/product-latency?range=24h`);
  await tabTo(tab, 'product 1.4.2');
  await press(tab, 'ArrowDown');
  assert.equal(await focusedText(tab), 'pool of 20 connections');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/timeline\?from=/);
});

test('time is moved, typed and undone', async () => {
  const tab = await open('/objective/product-latency?range=6h');
  await press(tab, '[');
  await tab.page.waitForURL(/from=.*&to=/);
  await press(tab, ']');
  await tabTo(tab, 'Range, for example 3h');
  await tab.page.keyboard.type('90m');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/range=1h30m/);
  await tab.page.goBack();
  await tab.page.waitForURL(/from=/);
});

test('a range that is none is refused in words', async () => {
  const tab = await open('/objective/product-latency');
  await tabTo(tab, 'Range, for example 3h');
  await tab.page.keyboard.type('soon');
  await press(tab, 'Enter');
  await tab.page.getByText('Write a duration such as 90m, 3h or 2d.').waitFor();
});

test('t switches every time on the page between local and UTC, and the URL says so', async () => {
  const tab = await open('/alert/p-product-earlier');
  const local = await tab.page.textContent('.lead');
  await press(tab, 't');
  await tab.page.waitForURL(/tz=utc/);
  assert.notEqual(await tab.page.textContent('.lead'), local);
  await press(tab, 't');
  await tab.page.waitForURL((url) => !url.search.includes('tz'));
  assert.equal(await tab.page.textContent('.lead'), local);
});

test('a chart becomes its table', async () => {
  const tab = await open('/objective/product-latency?range=6h');
  await tabTo(tab, 'Budget burn-down: Table');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/table=burn/);
  const rows = await tab.page.locator('section[aria-labelledby="figure-burn"] tbody tr').count();
  assert.ok(rows >= 100, `${rows} rows`);
});

test('a span opens its attributes, and the URL keeps it open', async () => {
  const tab = await open(`/trace/${exampleTraceId}`);
  await press(tab, 'j', 'j', 'Enter');
  await tab.page.waitForURL(/span=0000000000000002/);
  await tab.page.getByText('http.request.method').waitFor();
  await press(tab, 'Enter');
  await tab.page.getByText('http.request.method').waitFor({ state: 'detached' });
});

test('a search whose address could not be shared is refused, and says by how much', async () => {
  const tab = await open('/logs');
  await press(tab, '/');
  await tab.page.keyboard.insertText(`{service="order"} |= "${'주'.repeat(40)}"`);
  await press(tab, 'Enter');
  await tab.page
    .getByRole('alert')
    .getByText(/Too long by \d+ characters/)
    .waitFor();
  assert.deepEqual(await violations(tab), []);
  assert.match(tab.page.url(), /\/logs$/);
  await tab.page.locator('[data-search]').fill('{service=~"order"} != "ok"');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/\/logs\?query=/);
  assert.ok(tab.page.url().endsWith('/logs?query=%7Bservice=~%22order%22%7D+!=+%22ok%22'));
  await tab.page.getByRole('alert').waitFor({ state: 'detached' });
});

test('logs are searched, and a line opens its labels', async () => {
  const tab = await open('/');
  await press(tab, '5');
  await tab.page.waitForURL('**/logs');
  await drawn(tab);
  await press(tab, '/', 'Control+a');
  await tab.page.keyboard.type('{service="order"} |= "slow"');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/query=/);
  await drawn(tab);
  await press(tab, 'Escape', 'j', 'Enter');
  await tab.page.locator('.log-labels').waitFor();
});

test('help opens, holds the focus, and gives it back', async () => {
  const tab = await open('/');
  await press(tab, 'j');
  const before = await focusedText(tab);
  await press(tab, '?');
  await tab.page.getByRole('dialog').waitFor();
  await press(tab, 'j', 'Escape');
  await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focusedText(tab), before);
});

test('language and theme are switched and remembered', async () => {
  // A tab of its own, for it keeps the choice.
  const tab = await browser.tab();
  await settle(tab, server.url);
  await tabTo(tab, '한국어');
  await press(tab, 'Enter');
  await tabTo(tab, '어둡게');
  await press(tab, 'Enter');
  await tab.page.reload();
  await drawn(tab);
  assert.equal(await tab.page.getAttribute('html', 'lang'), 'ko');
  assert.equal(await tab.page.getAttribute('html', 'data-theme'), 'dark');
  await tab.close();
});

/** In the tab of all tests, which begins anew with each address. */
async function open(path: string): Promise<Tab> {
  await settle(shared, server.url + path);
  return shared;
}

/** In the page: the first change of the URL finds the rest of a word already in the filter. */
function typeMoreAsTheUrlChanges(): void {
  const replaceState = window.history.replaceState.bind(window.history);
  window.history.replaceState = (...change) => {
    window.history.replaceState = replaceState;
    replaceState(...change);
    const filter = document.querySelector<HTMLInputElement>('[data-search]');
    if (!filter) return;
    filter.value += '-db';
    filter.dispatchEvent(new Event('input', { bubbles: true }));
  };
}
