import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sourceHeaders } from '@sprout/process';
import { prometheusClient, retryingClient } from '@sprout/query';
import { counter, noPanel } from '@sprout/signals';
import { mimirStandIn } from '../testing/mimir-stand-in.ts';
import type { MimirBehaviour } from '../testing/mimir-stand-in.ts';
import { openApproximationStore } from '../approximations/approximation-store.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { rules } from '../testing/metered-history.ts';
import { startPrometheus } from '../testing/prometheus-process.ts';
import type { TestPrometheus } from '../testing/prometheus-process.ts';
import { testConfig } from '../testing/test-config.ts';
import { withAggregates } from './aggregates.ts';
import { createMeter } from './meter.ts';
import { planMeter } from './plan.ts';
import { prometheusSource } from './prometheus-source.ts';
import type { PrometheusSource, SourceLimits } from './prometheus-source.ts';
import type { SampleRun } from './reading.ts';

const requests = counter('shop_requests_total', {
  help: 'Requests.',
  owner: 'shop',
  labels: { route: 'any', outcome: ['ok', 'failed'] },
  panel: noPanel(),
  noAlert: 'a test',
});
const routes = Array.from({ length: 12 }, (_, index) => `r${index}`);
const plan = planMeter({
  services: [{ name: 'shop' }],
  objectives: routes.map((route) => ({
    id: route,
    sli: {
      valid: [requests.where({ route })],
      bad: [requests.where({ route, outcome: ['failed'] })],
    },
  })),
});

const untilMs = Math.floor(Date.now() / 15_000) * 15_000;
const fromMs = untilMs - 600_000;
let prometheus: TestPrometheus;
let mimir: Awaited<ReturnType<typeof mimirStandIn>>;
const behaviour: MimirBehaviour = { refusals: [] };

before(async () => {
  prometheus = await startPrometheus();
  const target = { job: 'shop', service: 'shop', instance: 'shop:1' };
  const samples = Array.from({ length: 40 }, (_, index) => ({
    timestampMs: fromMs + index * 15_000,
    value: index,
  }));
  const shown = routes.flatMap((route) =>
    ['ok', 'failed'].map((outcome) => ({ __name__: 'shop_requests_total', route, outcome })),
  );
  const series = [{ __name__: 'up' }, { __name__: 'process_start_time_seconds' }, ...shown];
  await prometheus.write(series.map((labels) => ({ labels: { ...target, ...labels }, samples })));
  mimir = await mimirStandIn(prometheus.url, behaviour);
});

after(async () => {
  await mimir.close();
  await prometheus.stop();
});

beforeEach(() => {
  mimir.arrived.length = 0;
  for (const key of [
    'tenant',
    'authorization',
    'samplesPerQueryMax',
    'seriesPerQueryMax',
  ] as const) {
    delete behaviour[key];
  }
  behaviour.refusals = [];
});

const sourceOf = (
  headers: () => Readonly<Record<string, string>> = () => ({}),
  limits: SourceLimits = {},
  waitMsMax = 2000,
) => {
  const client = prometheusClient({ address: () => mimir.url, headers });
  return prometheusSource(retryingClient(client, { waitMsMax }), plan, rules, limits);
};

/** Selector → samples, by series. */
const read = async (source = sourceOf()) =>
  inOrder((await source.read({ fromMs, toMs: untilMs })).counters);

/** By selector and series; what was read of a series in parts is one. */
const inOrder = (found: ReadonlyMap<string, readonly SampleRun[]>) =>
  [...found].toSorted().map(([text, runs]) => ({
    text,
    runs: [...Map.groupBy(runs, ({ labels }) => JSON.stringify(labels))]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([, parts]) => ({
        labels: parts[0]?.labels,
        times: parts.flatMap(({ times }) => [...times]),
        values: parts.flatMap(({ values }) => [...values]),
      })),
  }));

/** The same routes, read as sums. */
const asSums = withAggregates(plan, new Set(routes));

/** Every way in which a source is asked, with what it answers when nothing refuses. */
const waysToRead = {
  'raw samples': (source: PrometheusSource) => read(source),
  'a survey of hours': async (source: PrometheusSource) =>
    inOrder((await source.read({ fromMs, toMs: untilMs, stepMs: 60_000 })).counters),
  'a count of series': async (source: PrometheusSource) =>
    [...((await source.countSeries?.(plan, untilMs)) ?? [])].toSorted(),
  'sums of many series': async (source: PrometheusSource) =>
    inOrder((await source.read({ fromMs, toMs: untilMs }, asSums)).increases ?? new Map()),
} as const;

it('selections that differ in one label are one query, parts of them are none', async () => {
  const source = sourceOf();
  const answer = await read(source);
  assert.equal(answer.length, 24);
  for (const { text, runs } of answer) {
    assert.equal(runs.length, text.includes('outcome') ? 1 : 2, text);
    assert.equal(runs[0]?.times.length, 40);
  }
  assert.equal(mimir.arrived.length, 3, 'up, start time, counters');
  assert.equal(source.usage().samples, (2 + 24) * 40);
});

describe('authentication', () => {
  it('sends the tenant and a password that lies in a file', async () => {
    const test = testConfig();
    const file = join(test.config.dataDir, 'token');
    writeFileSync(file, 'secret of the file\n');
    behaviour.tenant = 'market';
    behaviour.authorization = `Basic ${Buffer.from('17:secret of the file').toString('base64')}`;
    const access = { tenant: 'market', basicAuth: { username: '17', password: { file } } };
    assert.equal((await read(sourceOf(() => sourceHeaders(access)))).length, 24);
    test.dispose();
  });

  it('sends a token of the environment; a wrong one is named by its status alone', async () => {
    process.env['METER_TEST_TOKEN'] = 'glc_right';
    behaviour.authorization = 'Bearer glc_right';
    const headers = () => sourceHeaders({ bearerToken: { env: 'METER_TEST_TOKEN' } });
    assert.equal((await read(sourceOf(headers))).length, 24);
    process.env['METER_TEST_TOKEN'] = 'glc_wrong';
    // One at a time, so that no query of this test arrives in the next one.
    await assert.rejects(read(sourceOf(headers, { queriesAtOnce: 1 })), (error: Error) => {
      assert.match(error.message, /401/);
      assert.doesNotMatch(error.message, /glc_/);
      return true;
    });
    delete process.env['METER_TEST_TOKEN'];
    await assert.rejects(read(sourceOf(headers)), { code: 'SECRET_MISSING' });
  });
});

describe('a source that refuses', () => {
  for (const [way, readOnce] of Object.entries(waysToRead)) {
    it(`is asked for ${way} again after the time it asks for, to the same end`, async () => {
      const whole = await readOnce(sourceOf(undefined, { queriesAtOnce: 1 }));
      assert.ok(JSON.stringify(whole).length > 100, 'something was found');
      const queries = mimir.arrived.map(({ query }) => query);
      mimir.arrived.length = 0;
      const passes = queries.slice(1).map(() => undefined);
      behaviour.refusals = [...passes, { status: 429, retryAfter: '1' }];
      assert.deepEqual(await readOnce(sourceOf(undefined, { queriesAtOnce: 1 })), whole);
      assert.deepEqual(
        mimir.arrived.map(({ query }) => query),
        [...queries, queries.at(-1)],
      );
      const [refused, again] = mimir.arrived.slice(-2);
      assert.ok((again?.atMs ?? 0) - (refused?.atMs ?? 0) >= 900, 'not before the time was over');
    });
  }

  it('is left alone when it asks for longer than a reading can wait', async () => {
    behaviour.refusals = [{ status: 429, retryAfter: '60' }];
    const source = sourceOf(undefined, { queriesAtOnce: 1 });
    await assert.rejects(read(source), { status: 429 });
    await assert.rejects(read(source), { kind: 'throttled' });
    assert.equal(mimir.arrived.length, 1);
  });

  it('is asked three times in all after server errors', async () => {
    behaviour.refusals = Array.from({ length: 9 }, () => ({ status: 500 }));
    await assert.rejects(read(sourceOf(undefined, { queriesAtOnce: 1 })), { status: 500 });
    assert.equal(mimir.arrived.length, 3);
  });
});

describe('limits', () => {
  it('queries over a limit of series are split by selections', async () => {
    const whole = await read();
    behaviour.seriesPerQueryMax = 5;
    assert.deepEqual(await read(), whole);
  });

  it('queries over a limit of samples are split by selections, then by time', async () => {
    const whole = await read();
    behaviour.samplesPerQueryMax = 30;
    assert.deepEqual(await read(), whole);
  });

  for (const [way, samplesMax] of [
    ['a survey of hours', 30],
    ['sums of many series', 3],
  ] as const) {
    it(`what is over a limit of samples is read in parts: ${way}`, async () => {
      const whole = await waysToRead[way](sourceOf());
      const unsplit = mimir.arrived.length;
      mimir.arrived.length = 0;
      behaviour.samplesPerQueryMax = samplesMax;
      assert.deepEqual(await waysToRead[way](sourceOf()), whole);
      assert.ok(mimir.arrived.length > unsplit);
    });
  }

  it('configured limits are kept without being refused first', async () => {
    const whole = await read();
    const source = sourceOf(undefined, { samplesPerQuery: 200, rangeSecondsPerQuery: 150 });
    await read(source);
    mimir.arrived.length = 0;
    assert.deepEqual(await read(source), whole);
    // 26 series, 200 samples: 8 scrapes of the counters at a time, 40 in all; ranges of 150 s.
    assert.equal(mimir.arrived.length, 4 + 4 + 5);
  });

  it('a single scrape that is too much is an error that names the query', async () => {
    behaviour.seriesPerQueryMax = 1;
    await assert.rejects(read(), { kind: 'too_costly', message: /route="r/ });
  });
});

describe('past a cap of series', () => {
  const wide = { metric: 'wide_total', matchers: [], service: 'wide' };
  const failed = { label: 'outcome', op: '=', value: 'failed' } as const;
  const instances = Array.from({ length: 6 }, (_, index) => `wide:${index}`);
  const widePlan = planMeter({
    services: instances.map(() => ({ name: 'wide' })),
    objectives: [
      {
        id: 'wide',
        sli: { valid: [wide], bad: [{ ...wide, matchers: [failed] }] },
        groupBy: ['outcome'],
      },
      {
        id: 'narrow',
        sli: { valid: [{ ...wide, matchers: [{ label: 'instance', op: '=', value: 'wide:0' }] }] },
      },
    ],
  });
  const scrapes = 160;
  const beginMs = untilMs - scrapes * 15_000;
  const atMs = (scrape: number) => beginMs + scrape * 15_000 + 7_000;
  /** The process of the second instance restarts here and counts from zero. */
  const restart = 82;
  const valueAt = (instance: number, perScrape: number) => (scrape: number) =>
    perScrape * (instance === 1 && scrape >= restart ? scrape - restart : scrape);
  const truth = (fromMinute: number, toMinute: number) => {
    const inRange = Array.from({ length: scrapes }, (_, scrape) => scrape).filter((scrape) => {
      const minute = Math.floor(atMs(scrape) / 60_000);
      return scrape > 0 && minute >= fromMinute && minute < toMinute;
    });
    const lost = inRange.includes(restart) ? 1 : 0;
    return 4 * (inRange.length * instances.length - lost);
  };

  before(async () => {
    const series = (name: string, instance: number, at: (scrape: number) => number, more = {}) => ({
      labels: {
        __name__: name,
        job: 'wide',
        service: 'wide',
        instance: `wide:${instance}`,
        ...more,
      },
      samples: Array.from({ length: scrapes }, (_, scrape) => ({
        timestampMs: atMs(scrape),
        value: at(scrape),
      })),
    });
    await prometheus.write(
      instances.flatMap((_, instance) => [
        series('up', instance, () => 1),
        series('process_start_time_seconds', instance, (scrape) =>
          instance === 1 && scrape >= restart ? atMs(restart - 1) / 1000 + 5 : beginMs / 1000 - 60,
        ),
        series('wide_total', instance, valueAt(instance, 3), { outcome: 'ok' }),
        series('wide_total', instance, valueAt(instance, 1), { outcome: 'failed' }),
      ]),
    );
  });

  it('an objective is read as sums from where its final minutes end, and back again', async () => {
    const ledger = openSqliteLedger(':memory:');
    const records = openSqliteRecords(':memory:');
    const approximations = await openApproximationStore(records);
    const source = prometheusSource(
      prometheusClient({ address: () => prometheus.url }),
      widePlan,
      rules,
    );
    const run = async (seriesPerObjectiveMax: number, fromMs: number, toMs: number) => {
      const ruled = { ...rules, seriesPerObjectiveMax, lookBackMs: 60_000 };
      const options = { plan: widePlan, rules: ruled, source, ledger, approximations };
      const meter = await createMeter({ ...options, nowMs: fromMs });
      for (let nowMs = fromMs; nowMs <= toMs; nowMs += 75_000) await meter.tick(nowMs);
      return meter;
    };
    const minute = 60_000;
    await run(100, beginMs + 2 * minute, beginMs + 16 * minute);
    assert.deepEqual([...approximations.current()], []);
    const meter = await run(10, beginMs + 17 * minute, beginMs + 36 * minute);
    assert.deepEqual([...approximations.current()], ['wide'], '12 series; narrow has one of them');
    assert.deepEqual([...meter.sights().emptySelectors], []);
    await run(100, beginMs + 37 * minute, untilMs);
    const [span] = approximations.of('wide');
    assert.ok(span);
    const [from, to] = [span.fromMinute, span.toMinute];
    // The restart is among the sums.
    const restartMinute = Math.floor(atMs(restart) / minute);
    assert.ok(from < restartMinute && restartMinute < to, `${from} ${restartMinute} ${to}`);

    const { valid, bad } = await ledger.minutes('wide', from, to - 1);
    const sum = (values: Float64Array) => values.reduce((all, one) => all + one, 0);
    const expected = truth(from, to - 1);
    assert.ok(Math.abs(sum(valid) / expected - 1) < 0.01, `${sum(valid)} of ${expected}`);
    assert.ok(Math.abs(sum(bad) / sum(valid) - 0.25) < 1e-6);
    for (const [index, count] of valid.entries()) {
      const own = truth(from + index, from + index + 1);
      assert.ok(Math.abs(count / own - 1) < 0.08, `minute ${index}: ${count} of ${own}`);
    }
    const group = await ledger.minutes('wide?outcome=failed', from, to - 1);
    assert.ok(Math.abs(sum(group.valid) - sum(bad)) < 1e-6, 'groups are kept apart');

    // Nothing is counted twice where the reading changes; what the first scrape shows is lost.
    const first = Math.ceil(beginMs / minute) + 2;
    const last = Math.floor(untilMs / minute) - 1;
    const all = await ledger.sum('wide', first, last);
    const whole = truth(first, last);
    const oneScrape = 4 * instances.length;
    assert.ok(
      all.valid < whole + 2 && all.valid > whole - 3 * oneScrape,
      `${all.valid} of ${whole}`,
    );
    const narrow = await ledger.sum('narrow', first, last);
    assert.ok(Number.isInteger(narrow.valid), 'others go on sample by sample');
    await ledger.close();
    await records.close();
  });
});
