import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { rules } from '../testing/metered-history.ts';
import { testConfig } from '../testing/test-config.ts';
import { declaredSeries, meteringCost, samplesPerSeriesHour } from './cost.ts';
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
