import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sourceHeaders } from '@sprout/process';
import { prometheusClient, retryingClient } from '@sprout/query';
import { counter, noPanel } from '@sprout/signals';
import { mimirStandIn } from '../testing/mimir-stand-in.ts';
import type { MimirBehaviour } from '../testing/mimir-stand-in.ts';
import { startPrometheus } from '../testing/prometheus-process.ts';
import type { TestPrometheus } from '../testing/prometheus-process.ts';
import { testConfig } from '../testing/test-config.ts';
import { planMeter } from './plan.ts';
import { prometheusSource } from './prometheus-source.ts';
import type { SourceLimits } from './prometheus-source.ts';

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
  return prometheusSource(retryingClient(client, { waitMsMax }), plan, 15_000, limits);
};

/** Selector → samples, by series. */
const read = async (source = sourceOf()) => {
  const { counters } = await source.read({ fromMs, toMs: untilMs });
  return [...counters].toSorted().map(([text, runs]) => ({
    text,
    runs: runs
      .map(({ labels, times, values }) => ({ labels, times: [...times], values: [...values] }))
      .toSorted((a, b) => JSON.stringify(a.labels).localeCompare(JSON.stringify(b.labels))),
  }));
};

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
    await assert.rejects(read(sourceOf(headers)), (error: Error) => {
      assert.match(error.message, /401/);
      assert.doesNotMatch(error.message, /glc_/);
      return true;
    });
    delete process.env['METER_TEST_TOKEN'];
    await assert.rejects(read(sourceOf(headers)), { code: 'SECRET_MISSING' });
  });
});

describe('a source that refuses', () => {
  it('is asked again after the time it asks for', async () => {
    behaviour.refusals = [{ status: 429, retryAfter: '1' }];
    const answer = await read(sourceOf(undefined, { queriesAtOnce: 1 }));
    assert.equal(answer.length, 24);
    const [first, second] = mimir.arrived;
    assert.ok((second?.atMs ?? 0) - (first?.atMs ?? 0) >= 900);
  });

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
