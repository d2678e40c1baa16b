import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { eventually } from '@sprout/process/testing';
import { prometheusClient, retryingClient } from '@sprout/query';
import type { PrometheusClient } from '@sprout/query';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { budgetSchema, sourceListSchema } from '../api/schemas.ts';
import { runningQueriesMax, startMimir, waitingQueriesMax } from '../testing/mimir-process.ts';
import type { TestMimir } from '../testing/mimir-process.ts';
import { startPrometheus } from '../testing/prometheus-process.ts';
import type { TestPrometheus, WrittenSeries } from '../testing/prometheus-process.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { testConfig } from '../testing/test-config.ts';
import { startTestService } from '../testing/test-service.ts';

// A Mimir takes minutes to build and both cores to start, so it is asked for.
const binary = process.env['SPROUT_MIMIR'] ?? '';
const skip = binary === '' && 'SPROUT_MIMIR=/path/to/mimir npm run mimir -w slo-service runs it';

const minutes = 30;
const instances = 20;
/** Below what all objectives together have, above what one of them has. */
const seriesPerQueryMax = 90;
const untilMs = Math.floor(Date.now() / 60_000) * 60_000;
/** When all of it was written. */
const afterMs = untilMs + 90_000;
const readySchema = z.object({
  meter: z.object({ lastRead: z.string().nullable(), error: z.string().nullable() }),
});
const rulesSchema = z.object({ groups: z.array(z.looseObject({ name: z.string() })) });

describe('a real Mimir as the source', { skip }, () => {
  let prometheus: TestPrometheus;
  let mimir: TestMimir;
  const series = shop();
  before(async () => {
    prometheus = await startPrometheus();
    mimir = await startMimir(binary, {
      pair: { accept_ha_samples: true },
      small: { max_fetched_series_per_query: seriesPerQueryMax },
    });
    await prometheus.write(series);
    for (const tenant of ['shop', 'small']) await mimir.write(tenant, series);
    for (const replica of ['a', 'b']) {
      const pair = series.map((one) => replicaOf(one, replica));
      await mimir.write('pair', pair);
      await mimir.write('joined', pair);
    }
  });
  after(async () => {
    await mimir.stop();
    await prometheus.stop();
  });

  it('budgets are those of a Prometheus with the same samples, to the last digit', async () => {
    const expected = await budgetsFrom({ url: prometheus.url });
    assert.equal(expected[0]?.valid, instances * (minutes - 1) * 4 * 10);
    for (const tenant of ['shop', 'pair', 'joined', 'small']) {
      assert.deepEqual(await budgetsFrom({ url: mimir.url, tenant }), expected, tenant);
    }
  });

  it('a query over the limit is refused as the meter expects it', async () => {
    const query = encodeURIComponent('{service="shop"}');
    const answer = await fetch(`${mimir.url}/api/v1/query?query=${query}`, {
      headers: { 'x-scope-orgid': 'small' },
    });
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /exceed|limit/);
  });

  it('is told of when it refuses too many queries at once, and nothing is lost by it', async (t) => {
    let nowMs = afterMs - 15 * 60_000;
    const source = { url: mimir.url, tenant: 'shop' };
    const service = await serve(source, () => nowMs);
    t.after(service.stop);
    await eventually('it has read', async () => (await service.meter()).lastRead !== null);
    const leave = await crowd(mimir, 'shop');
    t.after(leave);
    nowMs = afterMs;
    await eventually('its error is told', async () => (await service.meter()).error !== null);
    const told = await service.prometheus();
    assert.equal(told?.healthy, false);
    assert.match(told?.error ?? '', /too many outstanding requests/);
    leave();
    await eventually('it reads again', async () => (await service.meter()).error === null);
    assert.equal((await service.prometheus())?.healthy, true);
    assert.deepEqual(await service.budgets(), await budgetsFrom({ url: prometheus.url }));
  });

  it('says no time to wait, so a query that it has no place for is asked again after a pause', async (t) => {
    const leave = await crowd(mimir, 'shop');
    t.after(leave);
    const headers = () => ({ 'x-scope-orgid': 'shop' });
    const client = prometheusClient({ address: () => mimir.url, headers });
    let attempts = 0;
    const counted: PrometheusClient = {
      ...client,
      query: (...asked) => {
        attempts += 1;
        return client.query(...asked);
      },
    };
    await assert.rejects(client.query('count(up)', untilMs), {
      status: 429,
      retryAfterMs: undefined,
    });
    const patient = retryingClient(counted, { attemptsMax: 9 }).query('count(up)', untilMs);
    const askedAgain = eventually('it asks again', () => attempts > 1).then(leave);
    const [{ resultType }] = await Promise.all([patient, askedAgain]);
    assert.equal(resultType, 'vector');
  });

  it('its ruler takes the rules that are generated', async () => {
    const file = join(import.meta.dirname, '../../../alerts/_generated/rules.yml');
    const { groups } = rulesSchema.parse(parse(readFileSync(file, 'utf8')));
    assert.ok(groups.length > 5);
    for (const group of groups) {
      const answer = await fetch(`${mimir.url}/config/v1/rules/sprout`, {
        method: 'POST',
        headers: { 'x-scope-orgid': 'shop', 'content-type': 'application/yaml' },
        body: stringify(group),
      });
      assert.equal(answer.status, 202, `${group.name}: ${await answer.text()}`);
    }
  });
});

/** Twenty instances; nine of ten requests are good. */
function shop(): WrittenSeries[] {
  return Array.from({ length: instances }, (_, index) =>
    shopSeries({ untilMs, minutes, ok: () => 9, failed: () => 1 }).map(({ labels, ...rest }) => ({
      ...rest,
      labels: { ...labels, instance: `shop:${index}` },
    })),
  ).flat();
}

const replicaOf = ({ labels, ...rest }: WrittenSeries, replica: string): WrittenSeries => ({
  ...rest,
  labels: { ...labels, cluster: 'one', __replica__: replica },
});

/** What a service that reads from there says of the last half hour. */
async function budgetsFrom(source: Source) {
  const service = await serve(source, () => afterMs);
  try {
    await eventually('it has read', async () => (await service.meter()).lastRead !== null);
    return await service.budgets();
  } finally {
    await service.stop();
  }
}

interface Source {
  readonly url: string;
  readonly tenant?: string;
}

/** A service that reads from there, by a clock of the test's. */
async function serve(source: Source, now: () => number) {
  const test = testConfig({ telemetry: { prometheus: source } });
  const { url, stop } = await startTestService(test, now);
  const ask = async (path: string): Promise<unknown> => (await fetch(url + path)).json();
  return {
    meter: async () => readySchema.parse(await ask('/readyz')).meter,
    prometheus: async () => {
      const { items } = sourceListSchema.parse(await ask('/api/v1/sources'));
      return items.find(({ name }) => name === 'prometheus');
    },
    budgets: () => Promise.all(['shop-availability', 'shop-latency'].map(budgetIn(ask))),
    stop,
  };
}

const budgetIn = (ask: (path: string) => Promise<unknown>) => async (id: string) => {
  const query = `window=29m&at=${encodeURIComponent(new Date(untilMs).toISOString())}`;
  const answer = await ask(`/api/v1/objectives/${id}/budget?${query}`);
  const { valid, bad, coverage } = budgetSchema.parse(answer);
  return { id, valid, bad, coverage };
};

/** Takes Mimir minutes, and ends at once when nobody waits for it. */
const slowQuery = 'sum_over_time(sum(rate({service="shop"}[20m]))[29m:10ms])';

/** Lets queries wait until Mimir takes no more of a tenant; the answer ends them. */
async function crowd({ url }: TestMimir, tenant: string): Promise<() => void> {
  const ending = new AbortController();
  const ask = async () => {
    const query = `query=${encodeURIComponent(slowQuery)}&time=${untilMs / 1000}`;
    const init = { headers: { 'x-scope-orgid': tenant }, signal: ending.signal };
    return (await fetch(`${url}/api/v1/query?${query}`, init)).status;
  };
  const statuses: number[] = [];
  for (let query = 0; query <= runningQueriesMax + waitingQueriesMax; query += 1) {
    ask().then(
      (status) => statuses.push(status),
      () => undefined,
    );
  }
  await eventually('one too many is refused', () => statuses.length > 0);
  assert.deepEqual(new Set(statuses), new Set([429]));
  return () => ending.abort();
}
