import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildConsole } from '../build.ts';
import { colourRules, violations } from './fixture/axe.ts';
import { drawn, openBrowser, settle } from './fixture/browser.ts';
import type { Tab } from './fixture/browser.ts';
import { serveFixture } from './fixture/server.ts';
import type { FixtureServer } from './fixture/server.ts';
import { views } from './fixture/views.ts';

/** Every page that asks for something, each once. */
const failingPaths = [
  views.now,
  views['what spent a budget'],
  views['an objective'],
  views['an objective of a calendar month'],
  views['the minutes of an hour'],
  views['an objective explained'],
  views['an alert'],
  views.timeline,
  views.reports,
  views['a report'],
  views.exclusions,
  views['excluding an incident'],
  views['what if it were so'],
  views['a promise to try'],
  views['a trace'],
  views.logs,
  views.dashboards,
  views['a board of every view'],
];

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

const themes = ['light', 'dark'] as const;
const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

test('no page is wider than a phone in either language, and on a desk axe finds nothing, and the content policy refuses nothing, in either theme', async () => {
  const tab = await browser.tab();
  for (const [name, path] of Object.entries(views)) {
    await tab.page.setViewportSize(phone);
    await settle(tab, server.url + path);
    await assertFits(tab, name);
    await tab.page.setViewportSize(desk);
    await tab.page.waitForFunction(everyPanelOnTheScreenIsSeen);
    await assertAccessible(tab, name);
  }
  await tab.page.keyboard.press('?');
  await assertAccessible(tab, 'the help');
  assertQuiet(tab);
  await tab.close();
});

test('when every request fails no page is blank, and axe finds nothing in either theme', async () => {
  server.failing.add('/api/').add('/telemetry/');
  const tab = await browser.tab();
  for (const path of failingPaths) {
    await settle(tab, server.url + path);
    assert.notEqual((await tab.page.textContent('h1'))?.trim() ?? '', '', path);
    await tab.page
      .locator('main')
      .getByText(/could not be loaded/)
      .first()
      .waitFor();
    assert.ok((await tab.page.getByRole('link').count()) > 3, `${path}: the way on is there`);
    await assertAccessible(tab, path);
  }
  await tab.close();
  server.failing.clear();
});

test('verdicts differ in shape and word, not only in colour', async () => {
  const tab = await browser.tab();
  await settle(tab, server.url);
  const marks = await tab.page.$$eval('.mark', (elements) =>
    elements.map((element) => ({
      kind: element.className.replace('mark mark-', ''),
      shape: element.querySelector('svg')?.innerHTML ?? '',
    })),
  );
  const shapes = new Map(marks.map(({ kind, shape }) => [kind, shape]));
  assert.deepEqual([...shapes.keys()].toSorted(), ['at_risk', 'broken', 'kept', 'unknown']);
  assert.equal(new Set(shapes.values()).size, 4);
  await tab.close();
});

/** Nothing was refused by the content policy or thrown, and nobody but the own server was asked. */
function assertQuiet({ complaints, requested }: Tab): void {
  const missing = complaints.filter((text) => !text.includes('status of 404'));
  assert.deepEqual(missing, []);
  assert.deepEqual(
    requested.filter((url) => !url.startsWith(server.url)),
    [],
  );
}

/** Nothing has to be scrolled sideways, in either language; English is what stays. */
async function assertFits({ page }: Tab, name: string): Promise<void> {
  for (const language of ['한국어', 'English']) {
    await page.getByRole('button', { name: language }).click();
    const extra = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(extra, 0, `${name} in ${language}`);
  }
}

/** In the page: panels of a board ask for nothing until they are seen. */
function everyPanelOnTheScreenIsSeen(): boolean {
  const unseen = [...document.querySelectorAll('.panel-unseen')];
  return unseen.every((panel) => panel.getBoundingClientRect().top > window.innerHeight);
}

/** The page as it is, in both themes; charts are redrawn when the theme changes. */
async function assertAccessible(tab: Tab, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await tab.page.emulateMedia({ colorScheme });
    await drawn(tab);
    const rules = colorScheme === 'light' ? undefined : colourRules;
    assert.deepEqual(await violations(tab, rules), [], `${name} in the ${colorScheme} theme`);
  }
}
