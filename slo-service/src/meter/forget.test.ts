import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forgetVanished } from './forget.ts';
import type { MeterState } from './meter-state.ts';
import { seriesKey } from './replicas.ts';
import { targetKey } from './targets.ts';

const dayMs = 86_400_000;
const rules = { forgetMs: 31 * dayMs };

/** Targets `gone`, `restarted` and `running`, each with a series not seen for 40 days. */
function stateOfToday(): MeterState {
  const labels = (instance: string) => ({ job: 'shop', instance });
  const target = (instance: string, lastUpMs: number, startSeconds: number) =>
    [targetKey(labels(instance)), { lastUpMs, startSeconds }] as const;
  const series = (instance: string) =>
    [
      seriesKey(labels(instance)),
      { timeMs: 60 * dayMs, value: 1, startSeconds: 0, quarantined: 0 },
    ] as const;
  return {
    frontierMs: 100 * dayMs,
    targets: new Map([
      target('gone', 60 * dayMs, 0),
      target('restarted', 100 * dayMs, (90 * dayMs) / 1000),
      target('running', 100 * dayMs, 0),
    ]),
    selections: new Map([
      ['m', { sinceMs: 0, series: new Map(['gone', 'restarted', 'running'].map(series)) }],
    ]),
  };
}

it('a series is forgotten with its target or its process, and kept while it may return', () => {
  const state = stateOfToday();
  forgetVanished(state, rules);
  const kept = [...(state.selections.get('m')?.series.keys() ?? [])];
  assert.deepEqual(kept, [seriesKey({ job: 'shop', instance: 'running' })]);
  assert.equal(state.targets.size, 2);
});
