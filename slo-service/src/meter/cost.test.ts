import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openApproximationStore } from '../approximations/approximation-store.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { rules } from '../testing/metered-history.ts';
import { testConfig } from '../testing/test-config.ts';
import { pastCap } from './aggregates.ts';
import { declaredSeries, meteringCost, samplesPerSeriesHour, summedPerHour } from './cost.ts';
import { createMeter } from './meter.ts';
import { planMeter } from './plan.ts';
import type { Reading, ReadRange } from './reading.ts';

it('the samples that are promised for an hour are those that a meter reads', async () => {
  const beginMs = Date.parse('2026-01-05T00:00:00Z');
  let samples = 0;
  const source = {
    read: async ({ fromMs, toMs }: ReadRange): Promise<Reading> => {
      samples += Math.round((toMs - fromMs) / 15_000);
      return { fromMs, toMs, ups: [], starts: [], counters: new Map() };
    },
  };
  const ledger = openSqliteLedger(':memory:');
  const plan = planMeter({ services: [], objectives: [] });
  const meter = await createMeter({ plan, rules, source, ledger, nowMs: beginMs });
  await meter.tick(beginMs);
  samples = 0;
  for (let tick = 1; tick <= 4 * 240; tick++) await meter.tick(beginMs + tick * 15_000);
  await ledger.close();
  assert.ok(Math.abs(samples / 4 / samplesPerSeriesHour(rules) - 1) < 0.05, `${samples / 4}`);
});

it('series are counted by what is declared, shared ones once in all', () => {
  const test = testConfig();
  const plan = planMeter(test.config);
  const cost = meteringCost(plan, rules, declaredSeries(plan, test.config.signals));
  test.dispose();
  const series = cost.objectives.map((one) => [one.objective, one.series]);
  assert.deepEqual(series, [
    ['shop-availability', 2],
    ['shop-latency', 3],
    // Its bad events do not name the service, so they are read apart.
    ['shop-ghost', 3],
  ]);
  assert.ok(cost.objectives.every(({ bounded }) => bounded));
});

const plan = planMeter({
  services: [{ name: 'shop' }],
  objectives: [{ id: 'wide', sli: { valid: [{ metric: 'a', matchers: [], service: 'shop' }] } }],
});

it('the sums that are promised for an hour are those that a meter asks for', async () => {
  const beginMs = Date.parse('2026-01-05T00:00:00Z');
  let [minutes, queries, raw] = [0, 0, 0];
  const source = {
    read: async ({ fromMs, toMs }: ReadRange, read = plan): Promise<Reading> => {
      const whole = Math.floor(toMs / 60_000) - Math.ceil(fromMs / 60_000);
      minutes += whole * read.aggregates.size;
      queries += whole > 0 ? read.aggregates.size : 0;
      raw += read.selections.size;
      return { fromMs, toMs, ups: [], starts: [], counters: new Map() };
    },
    countSeries: async () => new Map([...plan.selections.keys()].map((text) => [text, 6000])),
  };
  const ledger = openSqliteLedger(':memory:');
  const records = openSqliteRecords(':memory:');
  const approximations = await openApproximationStore(records);
  const meter = await createMeter({ plan, rules, source, ledger, approximations, nowMs: beginMs });
  await meter.tick(beginMs);
  [minutes, queries] = [0, 0];
  for (let tick = 1; tick <= 4 * 240; tick++) await meter.tick(beginMs + tick * 15_000);
  await Promise.all([ledger.close(), records.close()]);
  const promised = summedPerHour(rules);
  assert.equal(raw, 0, 'no series is read by itself');
  assert.ok(Math.abs(minutes / 4 / promised.minutes - 1) < 0.05, `${minutes / 4}`);
  assert.ok(Math.abs(queries / 4 / promised.queries - 1) < 0.05, `${queries / 4}`);
});

it('an objective past the cap stays so until it has far fewer series', () => {
  const past = (series: number, before: readonly string[]) =>
    pastCap(plan, () => ({ series, bounded: true }), rules, new Set(before)).size === 1;
  assert.deepEqual(
    [5000, 5001].map((series) => past(series, [])),
    [false, true],
  );
  assert.deepEqual(
    [2500, 2501, 0].map((series) => past(series, ['wide'])),
    [false, true, true],
  );
  const cost = meteringCost(
    plan,
    rules,
    () => ({ series: 6000, bounded: true }),
    new Set(['wide']),
  );
  assert.ok(cost.samplesPerHour < 10_000, 'sums are sent, not samples');
});
