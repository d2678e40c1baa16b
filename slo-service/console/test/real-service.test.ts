import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { formatRatio, wholeCount } from '@sprout/objectives/figure';
import { alertmanagerClient } from '@sprout/query';
import type { ExclusionList, ObjectiveStatus, Series } from '@sprout/slo-service/api';
import type { WrittenSeries } from '../../src/testing/prometheus-process.ts';
import { createKey } from '../../src/access/api-key.ts';
import { startAlertmanager } from '../../src/testing/alertmanager-process.ts';
import type { TestAlertmanager } from '../../src/testing/alertmanager-process.ts';
import { runningService } from '../../src/testing/running-service.ts';
import type { RunningService } from '../../src/testing/running-service.ts';
import { shopSeries } from '../../src/testing/shop-series.ts';
import { buildConsole } from '../build.ts';
import { openBrowser, settle } from './fixture/browser.ts';
import type { Tab } from './fixture/browser.ts';
import { focusedText, press, tabTo } from './fixture/keyboard.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../../cli.ts', import.meta.url));
let service: RunningService;
let alertmanager: TestAlertmanager;
let browser: Awaited<ReturnType<typeof openBrowser>>;

/** Longer than this file takes on a slow machine. */
const aheadMinutes = 5;

before(async () => {
  await buildConsole();
  alertmanager = await startAlertmanager();
  const series = shopSeries({
    // Ahead of the clock too: a chart says its latest minute with traffic, a tile the present one.
    untilMs: Math.floor(Date.now() / 15_000) * 15_000 + aheadMinutes * 60_000,
    minutes: 50 + aheadMinutes,
    ok: () => 97,
    failed: (scrape) => (scrape % 7 === 0 ? 3 : 0),
  });
  service = await runningService([...series, ...series.flatMap(lastBucket)], {
    telemetry: { alertmanager: { url: alertmanager.url } },
  });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await service?.stop();
  await alertmanager?.stop();
});

/** The bucket that makes a histogram whole: as many as are answered within 2 s. */
const lastBucket = ({ labels, samples }: WrittenSeries): WrittenSeries[] =>
  labels['le'] === undefined ? [] : [{ labels: { ...labels, le: '+Inf' }, samples }];

test('a latency promise shows its own quantile from the source, one of another kind shows none', async () => {
  const tab = await open('/objective/shop-latency?range=30m');
  // All are in the bucket of 0 to 2 s, and nine of ten of a bucket are estimated at nine tenths.
  await tab.page.getByText('Latency 1.8 s', { exact: true }).waitFor();
  await tab.page.getByText('90 % of what counts as answered', { exact: false }).waitFor();
  await settle(tab, `${service.url}/objective/shop-availability?range=30m`);
  assert.equal(await tab.page.locator('#figure-latency').count(), 0);
  await tab.close();
});

test('a promise that cannot be measured is shown with what it lacks, not as fine', async () => {
  const tab = await open('/');
  const ghost = tab.page.locator('.promise', { hasText: 'Misconfigured' });
  assert.match((await ghost.textContent()) ?? '', /Unknown.*Cause.+Fix.+/);
  assert.match((await tab.page.textContent('h1')) ?? '', /1 unknown/);
  await tab.page.getByText('prometheus', { exact: true }).waitFor();
  assert.deepEqual(tab.complaints, [], 'the content policy of the service lets the console work');
  await tab.close();
});

test('tile, chart, table, command line and API agree to the last digit', async () => {
  const page = '/objective/shop-availability?range=30m&tz=utc';
  const [drawn, listed] = [await open(page), await open(`${page}&table=burn,sli`)];
  // A minute may end between two questions; the figures of one minute are compared.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = await ask<ObjectiveStatus>('/api/v1/objectives/shop-availability');
    const told = JSON.parse(await sprout('status', '--json')) as ObjectiveStatus;
    const [said, list] = [await sprout('status'), await sprout('list')];
    await drawn.page.reload();
    await listed.page.reload();
    const tile = await drawn.page.locator('.objective-left b').textContent();
    const readout = '[aria-labelledby="figure-burn"] .readout b';
    const chart = await drawn.page.locator(readout).textContent();
    const cells = listed.page.locator('[aria-labelledby="figure-burn"] tbody tr td');
    await cells.first().waitFor();
    const table = await cells.nth(1).textContent();
    const after = await ask<ObjectiveStatus>('/api/v1/objectives/shop-availability');
    if (JSON.stringify(before.budget) !== JSON.stringify(after.budget)) continue;
    const left = formatRatio(before.budget.leftFraction);
    // A scrape may be read in between too, and the chart then knows more of the open minute.
    if (chart !== `Budget left ${left}` && attempt < 4) continue;
    assert.deepEqual(told.budget, before.budget, 'the command line says what the API says');
    assert.equal(tile, left, 'the tile');
    assert.equal(chart, `Budget left ${left}`, 'the chart, at its latest minute');
    assert.equal(table, left, 'the newest row of the table');
    assert.match(said, line('budget left +[█░]+', left), 'the command line, in words');
    const kept = formatRatio(before.budget.compliance, before.target);
    assert.match(said, line('kept', kept), 'the command line, of what was kept');
    assert.match(list, line('shop-availability .* [█░]+', left), 'the list');
    const tiles = await drawn.page.locator('.tiles dd b').allTextContents();
    assert.equal(tiles[0], kept, 'the tile of what was kept');
    assert.match(said, line('bad events .* of', `${wholeCount(before.budget.allowed)}`), 'allowed');
    const series = await ask<Series>(
      `/api/v1/objectives/shop-availability/series?from=${told.budget.from}&to=${told.budget.to}&step=1d`,
    );
    assert.equal(series.points.at(-1)?.leftFraction, before.budget.leftFraction, 'the series');
    const [at = '', ratio] = await listed.page
      .locator('section[aria-labelledby="figure-sli"] tbody tr')
      .nth(5)
      .locator('td')
      .allTextContents();
    assert.equal(ratio, await sliAt(at, before.target), `the table at ${at}`);
    await drawn.close();
    await listed.close();
    return;
  }
  assert.fail('the figures never held still');
});

test('what Alertmanager tells arrives on the pages', async () => {
  const id = await told();
  const tab = await open(`/alert/${id}`);
  assert.equal(await tab.page.textContent('h1'), 'The shop fails');
  await tab.page.getByText(/spent its budget 20× as fast as allowed/).waitFor();
  await tab.page.getByText(/both burn faster than 14.4×/).waitFor();
  await settle(tab, `${service.url}/`);
  await tab.page.getByText('1 alert is firing').waitFor();
  await tab.close();
});

test('an alert is silenced and heard again by keyboard alone', async () => {
  const id = await told();
  const tab = await open(`/alert/${id}`);
  await tab.page.getByText('It is not silenced.').waitFor();
  await tab.page.getByRole('combobox', { name: 'For' }).focus();
  await tab.page.keyboard.press('ArrowDown');
  await tab.page.keyboard.press('Tab');
  await tab.page.keyboard.type('the shop is being moved');
  await tab.page.keyboard.press('Tab');
  await tab.page.keyboard.type('ana');
  await tab.page.keyboard.press('Enter');
  await tab.page.getByText('It is silenced: nobody is told').waitFor();
  const end = tab.page.getByRole('button', { name: 'End the silence “the shop is being moved”' });
  await end.waitFor();
  const [silence, ...more] = await alertmanagerClient({
    address: () => alertmanager.url,
  }).silences();
  assert.deepEqual(more, []);
  assert.equal(silence?.createdBy, 'ana');
  assert.deepEqual(silence.matchers, [
    { name: 'page_group', value: 'shop', isRegex: false, isEqual: true },
  ]);
  const minutes = (Date.parse(silence.endsAt) - Date.parse(silence.startsAt)) / 60_000;
  assert.equal(Math.round(minutes), 240);
  await end.focus();
  await tab.page.keyboard.press('Enter');
  await tab.page.getByText('It is not silenced.').waitFor();
  assert.deepEqual(await alertmanagerClient({ address: () => alertmanager.url }).silences(), []);
  const { items } = await ask<{ items: { action: string; by: string }[] }>('/api/v1/audit');
  assert.deepEqual(
    items.slice(0, 2).map(({ action }) => action),
    ['silence.expire', 'silence.create'],
  );
  assert.deepEqual(tab.complaints, []);
  await tab.close();
});

test('time is excluded and taken back by keyboard alone', async () => {
  const tab = await open('/exclusions?objective=shop-availability&tz=utc');
  await tab.page.getByRole('textbox', { name: 'Why' }).focus();
  await tab.page.keyboard.type('a move of the database');
  await tab.page.keyboard.press('Tab');
  await tab.page.keyboard.type('ana');
  await tab.page.keyboard.press('Enter');
  await tab.page.getByText('Excluded. Budgets are judged without it').waitFor();
  const row = tab.page.locator('tbody tr', { hasText: 'a move of the database' });
  await row.waitFor();
  await row.getByRole('button', { name: /^Revoke/ }).focus();
  await tab.page.keyboard.press('Enter');
  await row.getByRole('textbox', { name: 'Why' }).focus();
  await tab.page.keyboard.type('it was another day');
  await tab.page.keyboard.press('Tab');
  await tab.page.keyboard.type('ana');
  await tab.page.keyboard.press('Enter');
  await tab.page.getByText('Nothing is excluded.').waitFor();
  await settle(tab, `${service.url}/exclusions?revoked=true`);
  await tab.page.getByText(/Revoked .* “it was another day”, ana/).waitFor();
  assert.deepEqual(tab.complaints, []);
  await tab.close();
});

test('a weekly window is excluded by keyboard alone', async () => {
  const tab = await open('/exclusions?objective=shop-availability&tz=utc');
  await tabTo(tab, 'Every week');
  await press(tab, 'Enter');
  await tabTo(tab, 'days');
  await press(tab, 'Space');
  await tabTo(tab, 'minutes');
  await tab.page.keyboard.type('90');
  await tabTo(tab, 'reason');
  await tab.page.keyboard.type('backups');
  await press(tab, 'Tab');
  await tab.page.keyboard.type('ana');
  await press(tab, 'Enter');
  await tab.page.getByText('Excluded. Budgets are judged without it').waitFor();
  const { items } = await ask<ExclusionList>('/api/v1/exclusions');
  const { when } = items.find(({ reason }) => reason === 'backups') ?? assert.fail();
  assert.ok(when.kind === 'weekly');
  const { days, at, minutes, zone } = when;
  assert.deepEqual([days, at, minutes, zone], [['mon', 'sun'], '02:00', 90, 'Asia/Seoul']);
  await tab.close();
});

test('a key signs in by keyboard alone, and a wrong one is told', async (t) => {
  const { key, kept } = createKey('eyes', 'viewer', Date.now());
  const guarded = await runningService([], { access: { keys: [kept] } }, key);
  t.after(guarded.stop);
  const tab = await browser.tab();
  await settle(tab, `${guarded.url}/?q=shop-ghost`);
  await tabTo(tab, 'Sign in');
  await press(tab, 'Enter');
  await tab.page.waitForURL(/\/login\?return=/);
  assert.equal(await focusedText(tab), 'key', 'the field waits for the key');
  await tab.page.keyboard.type('sprout_00000000_wrong');
  await press(tab, 'Enter');
  await tab.page.getByRole('alert').getByText('This key is not known').waitFor();
  assert.equal(await focusedText(tab), 'key');
  await tab.page.keyboard.type(key);
  await press(tab, 'Tab', 'Enter');
  await tab.page.waitForURL(`${guarded.url}/?q=shop-ghost`);
  await tab.page.locator('.promise').waitFor();
  await tab.close();
});

async function open(path: string): Promise<Tab> {
  const tab = await browser.tab();
  await settle(tab, service.url + path);
  return tab;
}

async function sprout(verb: string, ...more: string[]): Promise<string> {
  const of = verb === 'list' ? [] : ['shop-availability'];
  const env = { ...process.env, SPROUT_CONFIG: service.test.path };
  return (await run(process.execPath, [cli, 'slo', verb, ...of, ...more], { env })).stdout;
}

/** A line of the command line with a figure of the console; its blanks are plain ones. */
const line = (before: string, figure: string) =>
  new RegExp(`^${before} +${figure.replace('\u00a0', ' ').replaceAll('.', '\\.')}(?! ?\\d)`, 'm');

/** Tells the service of an alert that fires; answers the page's id. */
async function told(): Promise<string> {
  const response = await fetch(`${service.url}/api/v1/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(notification()),
  });
  assert.equal(response.status, 200);
  return ((await response.json()) as { page: string }).page;
}

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(service.url + path);
  assert.equal(response.status, 200, path);
  return (await response.json()) as T;
}

/** The SLI of the minute that a row of the table names, from the API. */
async function sliAt(text: string, target: number): Promise<string> {
  const fromMs = Date.parse(`${text.replace(',', '')} UTC`);
  const range = `from=${iso(fromMs)}&to=${iso(fromMs + 60_000)}&step=1m`;
  const { points } = await ask<Series>(`/api/v1/objectives/shop-availability/series?${range}`);
  const [point] = points;
  assert.ok(point);
  return formatRatio(point.valid > 0 ? point.good / point.valid : null, target);
}

const iso = (ms: number) => new Date(ms).toISOString();

function notification() {
  return {
    version: '4',
    groupKey: '{}:{page_group="shop"}',
    status: 'firing',
    alerts: [
      {
        status: 'firing',
        labels: {
          alertname: 'ShopAvailability',
          severity: 'page',
          page_group: 'shop',
          objective: 'shop-availability',
        },
        annotations: {
          summary: 'The shop fails',
          impact: 'Every fifth order fails.',
          burn_rate: '20.00',
          threshold: '14.4',
          window: '1h',
        },
        startsAt: new Date(Date.now() - 120_000).toISOString(),
      },
    ],
  };
}
