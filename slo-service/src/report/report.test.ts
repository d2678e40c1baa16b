import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { localTime, parsePeriod, periodAt, periodIn } from '@sprout/objectives';
import { z } from 'zod';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { testObjectives } from '../testing/test-config.ts';
import { markup } from './markup.ts';
import { reportSchema } from './report.ts';

const minutes = 40;
const untilMs = Math.floor(Date.now() / 60_000) * 60_000;
const monthIn = (zone: string, ms: number) =>
  new Date(localTime(ms, zone)).toISOString().slice(0, 7);
const month = (zone: string) => monthIn(zone, untilMs - minutes * 60_000);
/** The history must lie within one month; in one of these zones it does. */
const zone =
  month('Asia/Seoul') === monthIn('Asia/Seoul', untilMs) ? 'Asia/Seoul' : 'America/New_York';
const instant = (ago: number) => new Date(untilMs - ago * 60_000).toISOString();
let service: RunningService;

before(async () => {
  const failed = (scrape: number) => (scrape >= 40 && scrape < 60 ? 50 : 0);
  const [availability] = testObjectives;
  assert.ok(availability);
  const loosened = {
    ...availability,
    id: 'shop-raised',
    title: 'A raised promise',
    before: [{ until: instant(15), target: 0.5 }],
  };
  const objectives = [...testObjectives, loosened];
  service = await runningService(shopSeries({ untilMs, minutes, ok: () => 50, failed }), {
    objectives,
    api: { publicStatus: true },
  });
  for (const [path, body] of [
    ['annotations', { title: '<b>1.2</b>', by: 'ci', service: 'shop', at: instant(30) }],
    ['exclusions', { when: once(12, 8), reason: 'planned & agreed', by: 'ana' }],
  ] as const) {
    const response = await fetch(`${service.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 201, await response.text());
  }
});

after(() => service.stop());

const once = (from: number, to: number) => ({ kind: 'once', from: instant(from), to: instant(to) });

const get = (query: string, id = 'shop-availability') =>
  fetch(`${service.url}/api/v1/reports/${id}?${query}`);

/** Ends where the history does, so that readings after the start change nothing. */
const asked = `month=${month(zone)}&zone=${zone}&at=${encodeURIComponent(instant(0))}`;

it('days add up to the month, and incidents lie in it', async () => {
  const report = reportSchema.parse(await (await get(asked)).json());
  const sum = (key: 'valid' | 'bad' | 'excludedMinutes') =>
    report.days.reduce((total, day) => total + day[key], 0);
  assert.equal(sum('valid'), report.budget.valid);
  assert.equal(sum('bad'), report.budget.bad);
  assert.ok(report.budget.bad > 0);
  assert.equal(sum('excludedMinutes'), report.budget.adjusted?.excludedMinutes);
  const spent = report.days.reduce((total, day) => total + (day.spentFraction ?? 0), 0);
  assert.ok(Math.abs(1 - spent - (report.budget.adjusted?.leftFraction ?? 0)) < 1e-9);
  assert.equal(report.days[0]?.date, `${month(zone)}-01`);
  const before = report.days.filter(({ valid }) => valid === 0);
  assert.ok(
    before.every(({ spentFraction }) => spentFraction === null),
    'not known, not zero',
  );
  assert.equal(report.kept, false);
  assert.equal(report.complete, false);
  assert.equal(report.incidents.length, 1);
  assert.equal(report.annotations.length, 1);
  assert.equal(report.exclusions.length, 1);
});

it('a promise that was raised is judged by what it was, and the report says both', async () => {
  const report = reportSchema.parse(await (await get(asked, 'shop-raised')).json());
  assert.equal(report.target, 0.99);
  assert.deepEqual(
    report.budget.promised?.map(({ target }) => target),
    [0.5, 0.99],
  );
  assert.equal(report.kept, true);
  const days = report.days.flatMap(({ kept }) => kept ?? []);
  assert.ok(days.length > 0 && days.every(Boolean));
  assert.ok(report.days.some(({ compliance }) => compliance !== null && compliance < 0.99));
  const html = await (await get(`${asked}&format=html`, 'shop-raised')).text();
  assert.match(html, /until [^<]*: 50\u00a0%/);
});

it('the days of the status page are judged by what was promised then', async () => {
  const [declared = '', raised = ''] = (await (await fetch(`${service.url}/status`)).text()).split(
    'A raised promise',
  );
  assert.match(declared, /<li class="bad"/);
  assert.match(raised, /<li class="good"/);
  assert.doesNotMatch(raised, /<li class="bad"/);
});

for (const format of ['json', 'csv', 'html']) {
  it(`${format} of the same month is the same, byte for byte`, async () => {
    const first = await (await get(`${asked}&format=${format}`)).text();
    const again = await (await get(`${asked}&format=${format}`)).text();
    assert.ok(first.length > 100);
    assert.equal(again, first);
  });
}

it('html stands alone, runs nothing, and takes nobody at their word', async () => {
  const response = await get(`${asked}&format=html`);
  assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'none'/);
  assert.match(response.headers.get('content-disposition') ?? '', /shop-availability-.*\.html/);
  const html = await response.text();
  assert.match(html, /deploy: shop &lt;b&gt;1\.2&lt;\/b&gt;/);
  assert.match(html, /planned &amp; agreed/);
  assert.doesNotMatch(html, /<script|https?:|undefined|NaN|\[object/);
});

it('html speaks Korean', async () => {
  const html = await (await get(`${asked}&format=html&lang=ko`)).text();
  assert.match(html, /<html lang="ko">/);
  assert.match(html, /<h2>오류 예산<\/h2>/);
  assert.doesNotMatch(html, /Error budget|Budget left/);
});

it('csv has one line a day', async () => {
  const response = await get(`${asked}&format=csv`);
  assert.match(response.headers.get('content-type') ?? '', /^text\/csv/);
  const lines = (await response.text()).trimEnd().split('\r\n');
  assert.match(lines[0] ?? '', /^objective,date,good,bad,valid,/);
  const report = reportSchema.parse(await (await get(asked)).json());
  assert.equal(lines.length, report.days.length + 1);
  assert.equal(new Set(lines.map((line) => line.split(',').length)).size, 1);
});

it('a month is the same by either name, in every byte', async () => {
  const byPeriod = asked.replace('month=', 'period=');
  for (const format of ['json', 'csv', 'html']) {
    const [first, again] = [`${asked}&format=${format}`, `${byPeriod}&format=${format}`];
    assert.equal(await (await get(again)).text(), await (await get(first)).text());
  }
});

it('weeks, quarters, years and stretches of days are reported by the same sums', async () => {
  const whole = reportSchema.parse(await (await get(asked)).json());
  const last = localTime(untilMs - 1, zone);
  const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const names = (['week', 'quarter', 'year'] as const).map(
    (unit) => periodAt(unit, zone, untilMs - 1).name,
  );
  for (const name of [...names, `${dateOf(last - 3 * 86_400_000)}..${dateOf(last)}`]) {
    const query = asked.replace(/month=[^&]*/, `period=${name}`);
    const text = await (await get(query)).text();
    assert.equal(await (await get(query)).text(), text, 'the same again');
    const report = reportSchema.parse(JSON.parse(text));
    const { fromMs } = periodIn(parsePeriod(name), zone);
    assert.deepEqual([report.period, report.month], [name, undefined]);
    assert.deepEqual([Date.parse(report.from), report.to], [fromMs, whole.to]);
    assert.equal(report.days[0]?.date, dateOf(parsePeriod(name).first));
    assert.equal(report.days.at(-1)?.date, dateOf(last));
    // All that was ever measured lies in each of them.
    assert.deepEqual(
      { ...report.budget, window: '', from: '' },
      { ...whole.budget, window: '', from: '' },
    );
    assert.deepEqual([report.figures, report.incidents], [whole.figures, whole.incidents]);
    const html = await get(`${query}&format=html`);
    assert.ok(html.headers.get('content-disposition')?.includes(`-${name}.html`));
    assert.ok((await html.text()).includes(`<p>SLO report ${name}</p>`));
    const lines = (await (await get(`${query}&format=csv`)).text()).trimEnd().split('\r\n');
    assert.equal(lines.length, report.days.length + 1);
  }
});

it('a period that has not begun, or is none, is refused', async () => {
  const codeOf = async (response: Response) =>
    z.object({ code: z.string() }).parse(await response.json()).code;
  assert.equal(await codeOf(await get('month=2099-01')), 'MONTH_NOT_BEGUN');
  assert.equal(await codeOf(await get('month=2026-13')), 'QUERY_INVALID');
  assert.equal(await codeOf(await get('')), 'QUERY_INVALID');
  assert.equal(await codeOf(await get('month=2026-11&period=2026-11')), 'QUERY_INVALID');
  assert.equal(await codeOf(await get('period=2099-W10')), 'PERIOD_NOT_BEGUN');
  const wrong = await (await get('period=2021-W53')).text();
  assert.match(wrong, /PERIOD_INVALID.*2021 has no W53.*\(2026-W48\).*2026-11-01\.\.2026-11-15/);
  assert.equal(await codeOf(await get(asked, 'none')), 'OBJECTIVE_UNKNOWN');
});

it('markup escapes strings, not markup', () => {
  const inner = markup`<i>${`"<&>'`}</i>`;
  assert.equal(markup`<p>${inner}${[inner]}</p>`.html, `<p>${inner.html}${inner.html}</p>`);
  assert.equal(inner.html, '<i>&quot;&lt;&amp;&gt;&#39;</i>');
});
