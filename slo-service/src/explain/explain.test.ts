import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { all as allOf, availability, objective, rolling } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import { eventually } from '@sprout/process/testing';
import { counter, noPanel } from '@sprout/signals';
import type { WrittenSeries } from '../testing/prometheus-process.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { budgetSchema, objectiveListSchema, seriesSchema } from '../api/schemas.ts';
import { run as runGate } from '../commands/run/gate.ts';
import { explanationSchema } from './explanation.ts';

const scrapeMs = 15_000;
const minutes = 60;
const scrapes = minutes * 4;
/** Scrapes are in the middle of their quarter of a minute. */
const endMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
const at = (scrape: number) => endMs - (scrapes - scrape) * scrapeMs + 7_000;

const steady = (scrape: number) => 100 + scrape;
/** What each shop shows at each scrape; null where nothing was scraped. */
const shops: Readonly<Record<string, (scrape: number) => number | null>> = {
  steady,
  /** Fifty at its first scrape, while its target has been up for long. */
  newborn: (scrape) => (scrape < 200 ? null : 50 + scrape - 200),
  /** One sample of another replica, say: the process did not restart. */
  reset: (scrape) => (scrape === 210 ? 3 : steady(scrape)),
  /** Lower for good without a restart: the eighth sample is a new baseline. */
  lower: (scrape) => (scrape < 210 ? steady(scrape) : scrape - 205),
  /** Asked of a pair of Prometheus. */
  paired: steady,
  /** Another process from scrape 210 on, which soon shows more than the former. */
  restarted: (scrape) => (scrape < 210 ? scrape : 1000 + scrape),
  /** Nothing for the two minutes around the begin of the window. */
  gap: (scrape) => (scrape > 175 && scrape < 184 ? null : steady(scrape) * 4),
};

const promises = Object.keys(shops).map((name) => {
  const requests = counter(`${name}_requests_total`, {
    help: 'Requests.',
    owner: 'shop',
    labels: { outcome: ['ok', 'failed'] },
    panel: noPanel(),
    noAlert: 'a test',
  });
  return {
    requests,
    promise: objective(name, {
      owner: 'shop',
      target: 0.99,
      window: rolling('7d'),
      sli: availability(requests.where({}), { bad: requests.where({ outcome: 'failed' }) }),
    }),
  };
});

const grouped = promises.map(({ promise }) => ({ ...promise, groupBy: ['outcome'] }));
const all = (id: string, of: readonly Objective[]) =>
  objective(id, { owner: 'shop', target: 0.9, window: rolling('7d'), sli: allOf(of) });

let service: RunningService;

before(async () => {
  const series = (
    name: string,
    valueAt: (scrape: number) => number | null,
    more: Record<string, string> = {},
  ): WrittenSeries => ({
    labels: {
      __name__: name,
      job: 'shop',
      service: 'shop',
      instance: 'shop:1',
      ...(name.endsWith('_total') && { outcome: 'ok' }),
      ...more,
    },
    samples: Array.from({ length: scrapes }, (_, scrape) => ({
      timestampMs: at(scrape),
      value: valueAt(scrape),
    })).flatMap(({ timestampMs, value }) => (value === null ? [] : [{ timestampMs, value }])),
  });
  const written = [
    series('up', () => 1),
    series('process_start_time_seconds', () => at(0) / 1000 - 3600),
    series('up', () => 1, { instance: 'shop:2' }),
    series('process_start_time_seconds', (scrape) => at(scrape < 210 ? 0 : 209) / 1000 + 3, {
      instance: 'shop:2',
    }),
    ...Object.entries(shops).flatMap(([name, valueAt]) => {
      const one = (more = {}) => series(`${name}_requests_total`, valueAt, more);
      if (name === 'restarted') return [one({ instance: 'shop:2' })];
      const replicas = ['a', 'b'].map((replica) => one({ prometheus_replica: replica }));
      return name === 'paired' ? replicas : [one()];
    }),
  ];
  service = await runningService(written, {
    signals: promises.map(({ requests }) => requests),
    objectives: [...grouped, all('everything', grouped)],
  });
});

after(() => service.stop());

/** The last quarter of an hour. */
async function explained(id: string, more: Record<string, string> = {}) {
  const query = new URLSearchParams({ at: new Date(endMs).toISOString(), window: '15m', ...more });
  const response = await fetch(`${service.url}/api/v1/objectives/${id}/explain?${query}`);
  const text = await response.text();
  const explanation = explanationSchema.parse(JSON.parse(text));
  const sum = explanation.causes.reduce((total, { valid }) => total + valid, 0);
  assert.ok(Math.abs(sum - explanation.difference.valid) < 1e-6, text);
  const late = explanation.causes.find(({ cause }) => cause === 'late');
  assert.equal(late, undefined, text);
  const of = (cause: string) => explanation.causes.find((one) => one.cause === cause)?.valid ?? 0;
  return { ...explanation, of };
}

it('the edges of a window: increase() extrapolates, the ledger counts what was shown', async () => {
  const { ledger, promql, causes, summary } = await explained('steady');
  assert.equal(ledger.valid, 60);
  assert.ok(Math.abs(promql.valid - 60) < 1);
  assert.ok(causes.every(({ cause }) => cause === 'extrapolation'));
  assert.match(summary, /same|edges of the window/);
});

it('the first value of a new series', async () => {
  const { ledger, of, causes } = await explained('newborn');
  assert.equal(ledger.valid, 50 + 39);
  assert.equal(of('newborn'), 50);
  assert.equal(causes[0]?.cause, 'newborn');
});

it('a counter that went back without a restart', async () => {
  const { ledger, promql, of, causes } = await explained('reset');
  assert.equal(ledger.valid, 60);
  assert.ok(promql.valid > 300);
  assert.ok(of('reset') < -290);
  assert.equal(causes[0]?.cause, 'reset');
});

it('scrapes that were missed at the begin of the window', async () => {
  const { of, causes } = await explained('gap');
  assert.ok(of('gap') > 10, String(of('gap')));
  assert.equal(causes[0]?.cause, 'gap');
});

it('a counter that stays lower is counted from its new baseline', async () => {
  const { ledger, of, causes } = await explained('lower');
  // 30 until it fell, 22 from its new baseline on.
  assert.equal(ledger.valid, 30 + 22);
  assert.equal(causes[0]?.cause, 'reset');
  assert.ok(of('reset') < 0);
});

it('a pair of Prometheus that shows everything twice', async () => {
  const { ledger, promql, of } = await explained('paired');
  assert.equal(ledger.valid, 60);
  assert.ok(promql.valid > 119);
  assert.ok(Math.abs(of('pair') + 60) < 1);
});

it('a restart that increase() does not see, because the counter is already higher', async () => {
  const { ledger, of } = await explained('restarted');
  assert.equal(ledger.valid, 30 + 1210 + 29);
  assert.equal(of('restart'), 209);
});

it('a group has its own figures and queries; what is not counted says so', async () => {
  const { ledger, group, queries } = await explained('newborn', { group: 'outcome=ok' });
  assert.deepEqual([ledger.valid, group], [50 + 39, 'outcome=ok']);
  assert.match(queries[0] ?? '', /outcome="ok"/);
  const refused = await fetch(`${service.url}/api/v1/objectives/everything/explain`);
  assert.equal(refused.status, 409);
  assert.match(await refused.text(), /is made of steady, newborn/);
});

it('what is excluded', async () => {
  const instant = (minute: number) => new Date(endMs - minute * 60_000).toISOString();
  await fetch(`${service.url}/api/v1/exclusions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      objectives: ['steady'],
      when: { kind: 'once', from: instant(10), to: instant(5) },
      reason: 'a test',
      by: 'test',
    }),
  });
  const { of, causes } = await explained('steady');
  assert.equal(of('excluded'), -20);
  assert.equal(causes[0]?.cause, 'excluded');
});

it('past a cap of series everything that has some of it says that it is approximate', async () => {
  const { prometheus } = service.test.config.telemetry;
  await service.reload({
    ...service.test.config,
    telemetry: {
      ...service.test.config.telemetry,
      prometheus: { ...prometheus, limits: { seriesPerObjective: 1 } },
    },
  });
  const get = async (path: string) =>
    (await fetch(`${service.url}/api/v1/objectives${path}`)).json();
  const marked = await eventually('paired is read as sums', async () => {
    const { items } = objectiveListSchema.parse(await get(''));
    const ids = items.filter(({ budget }) => budget.approximate).map(({ id }) => id);
    return ids.length > 0 ? ids.toSorted() : undefined;
  });
  assert.deepEqual(marked, ['everything', 'paired']);
  const { approximate } = budgetSchema.parse(await get('/paired/budget?window=1h'));
  const from = Date.parse(approximate?.from ?? '');
  assert.ok(from > endMs - 15 * 60_000, 'what was final before stays exact');
  const range = `from=${new Date(endMs - 15 * 60_000).toISOString()}&to=${new Date(endMs).toISOString()}`;
  const { points } = seriesSchema.parse(await get(`/paired/series?${range}&step=60s`));
  for (const point of points) {
    assert.equal(point.approximate, Date.parse(point.at) >= from ? true : undefined, point.at);
    assert.ok(
      Math.abs(point.valid - 4) < 0.05,
      `${point.at}: ${point.valid}, two replicas are one`,
    );
  }
  const { ledger, promql, causes, approximate: told } = await explained('paired');
  assert.ok(told !== undefined && Math.abs(ledger.valid - promql.valid) < 1);
  assert.ok(causes.every(({ cause }) => cause === 'sums'));
  assert.equal((await explained('steady')).approximate, undefined);
  const badge = await (await fetch(`${service.url}/badge/paired.svg`)).text();
  assert.match(badge, / · approximate</);
  assert.match(await gate('paired'), /^open: .* must be; approximate from 20.*Z to 20.*Z$/);
  assert.doesNotMatch(await gate('steady'), /approximate/);
});

async function gate(id: string): Promise<string> {
  const { config } = service.test;
  const printed: string[] = [];
  await runGate({
    values: { window: '1h' },
    positionals: [id],
    config: () => config,
    declared: async () => config,
    print: (text) => void printed.push(text),
    warn: () => {},
  });
  return printed.join('\n');
}
