import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildConsole } from '../build.ts';
import { drawn, openBrowser, settle } from './fixture/browser.ts';
import type { Tab } from './fixture/browser.ts';
import { focusedText, press, tabTo } from './fixture/keyboard.ts';
import { manyObjectives } from './fixture/market.ts';
import { serveFixture } from './fixture/server.ts';
import type { FixtureServer } from './fixture/server.ts';

/** Lists longer than a page, and a report and its days, by keyboard alone. */
let server: FixtureServer;
/** Serves more promises than a page shows. */
let long: FixtureServer;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let tab: Tab;

before(async () => {
  await buildConsole();
  server = await serveFixture();
  long = await serveFixture(0, manyObjectives(120, Date.now()));
  browser = await openBrowser();
  tab = await browser.tab();
});
after(async () => {
  await browser?.close();
  await server?.close();
  await long?.close();
});

test('a long list of promises is walked to its end and back', async () => {
  await settle(tab, long.url);
  await press(tab, 'k');
  await tabTo(tab, 'Next');
  await walkedTo(['Enter'], '51–100 of 120');
  await walkedTo(['Enter'], '101–120 of 120');
  assert.equal(await tab.page.locator('.promise').count(), 20);
  assert.equal(await focusedText(tab), 'Next', 'its end does not lose the place');
  await walkedTo(['Enter'], '101–120 of 120');
  await walkedTo(['Shift+Tab', 'Enter'], '51–100 of 120');
  await walkedTo(['Enter'], '1–50 of 120');
  await tab.page.goBack();
  await walkedTo([], '51–100 of 120');
});

test('a long list of reports is walked, and one of its second page opened', async () => {
  await settle(tab, `${long.url}/report`);
  await tabTo(tab, 'Next');
  await walkedTo(['Enter'], '21–40 of 120');
  const second = tab.page.locator('tbody tr a').first();
  const href = await second.getAttribute('href');
  await press(tab, 'j', 'Enter');
  await tab.page.waitForURL((url) => url.pathname === href?.split('?')[0]);
});

test('a report is opened, moved by a month, and its days are walked through', async () => {
  await settle(tab, server.url);
  await press(tab, '3');
  await tab.page.waitForURL('**/report');
  await drawn(tab);
  await press(tab, 'j', 'Enter');
  await tab.page.waitForURL(/\/report\/product-latency/);
  await drawn(tab);
  await press(tab, '[');
  await tab.page.waitForURL(/month=/);
  await drawn(tab);
  const last = tab.page.locator('.day[tabindex="0"]');
  await last.focus();
  await press(tab, 'Home');
  assert.match(await focusedText(tab), /-01: /);
  await press(tab, 'ArrowRight', 'ArrowRight');
  assert.match(await focusedText(tab), /-03: /);
  const said = (await tab.page.textContent('.day-said')) ?? '';
  assert.ok(said !== '' && (await focusedText(tab)).endsWith(said), said);
  assert.equal(await last.count(), 1, 'the grid is one stop of the Tab key');
  await chooseKind('Week', /period=2026-W44$/);
  await days(7);
  await tab.page.locator('.report .quiet', { hasText: /^Report for week 44 of 2026/ }).waitFor();
  await press(tab, '[');
  await tab.page.waitForURL(/period=2026-W43$/);
  await chooseKind('Days', /period=2026-10-19\.\.2026-10-25$/);
  await tab.page.fill('[name="last"]', '2026-10-01');
  await press(tab, 'Enter');
  await tab.page.getByRole('alert').waitFor();
  await tab.page.fill('[name="last"]', '2026-11-03');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/period=2026-10-19\.\.2026-11-03$/);
  await drawn(tab);
  await days(16);
  const csv = await tab.page.getByRole('link', { name: 'Export CSV' }).getAttribute('href');
  assert.match(csv ?? '', /period=2026-10-19\.\.2026-11-03&/);
});

/** Waits until so many days are drawn; those of the period before stay until then. */
async function days(count: number): Promise<void> {
  const drawnDays = (wanted: number) => document.querySelectorAll('.day').length === wanted;
  await tab.page.waitForFunction(drawnDays, count);
}

async function chooseKind(kind: string, url: RegExp): Promise<void> {
  await tab.page.getByRole('button', { name: kind, exact: true }).focus();
  await press(tab, 'Enter');
  await tab.page.waitForURL(url);
  await drawn(tab);
}

/** Presses keys, and waits for the part of the list that they lead to. */
async function walkedTo(keys: readonly string[], shown: string): Promise<void> {
  await press(tab, ...keys);
  await tab.page.locator('.pager').getByText(shown, { exact: true }).waitFor();
}
