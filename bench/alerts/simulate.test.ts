import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileConfig, findTool } from '@sprout/process';
import { ours } from './ours.ts';
import { contradictions } from './promtool.ts';
import type { Claim } from './promtool.ts';
import { pyrra } from './pyrra.ts';
import type { RuleSet } from './rule-set.ts';
import { firing, totalsOf } from './simulate.ts';
import type { Counts } from './simulate.ts';
import { sloth } from './sloth.ts';
import { countsOf, seeded } from './traffic.ts';

const promtool = findTool(
  'promtool',
  compileConfig({ services: [], signals: [], objectives: [] }, '/'),
);

/** Four and a half days in which every pair of every tool has something to fire at. */
const eventful = {
  minutes: 6500,
  perMinute: 5,
  burst: 1,
  phase: 0,
  badRatioAt(minute: number): number {
    if (minute >= 700 && minute < 740) return 1;
    if (minute >= 2000 && minute < 2600) return 0.1;
    return minute >= 4500 && minute < 6000 ? 0.03 : 0.004;
  },
};

/** A night with a request every few minutes, where one failure is a large ratio. */
const quiet = { ...eventful, minutes: 700, perMinute: 0.4, phase: 900, badRatioAt: () => 0.05 };

for (const ruleSet of [ours, sloth, pyrra]) {
  const set = ruleSet(0.99);
  test(`the simulator fires when Prometheus fires: ${set.tool}`, () => {
    // Long windows are dear to evaluate, so that the long stretch is evaluated seldom.
    for (const [traffic, seed, everyMinutes] of [
      [eventful, 1, 20],
      [quiet, 2, 1],
    ] as const) {
      const counts = countsOf(traffic, seeded(seed));
      const claims = claimsOf(set, counts, everyMinutes);
      assert.ok(claims.some(({ fires }) => fires) || set.tool === 'Sprout', 'something fires');
      assert.equal(contradictions(promtool, set, counts, claims, everyMinutes), '', `seed ${seed}`);
    }
  });
}

test('promtool contradicts a simulator that is late by a minute', () => {
  const set = sloth(0.99);
  const counts = countsOf(quiet, seeded(2));
  const late = claimsOf(set, counts, 1).map((claim) => ({ ...claim, minute: claim.minute + 1 }));
  assert.match(contradictions(promtool, set, counts, late, 1), /FAILED/);
});

/** The evaluations around every change, and some between. */
function claimsOf(set: RuleSet, counts: Counts, everyMinutes: number): Claim[] {
  const totals = totalsOf(counts, everyMinutes);
  // promtool evaluates all groups at one interval.
  const pairs = set.pairs.map((pair) => ({ ...pair, everyMinutes }));
  return (['page', 'ticket'] as const).flatMap((severity) => {
    const fires = firing(
      totals,
      pairs.filter((pair) => pair.severity === severity),
    );
    const changes = (minute: number) =>
      fires[minute] !== fires[minute - everyMinutes] ||
      fires[minute] !== fires[minute + everyMinutes];
    return [...fires.keys()]
      .filter((minute) => minute > 0 && minute < totals.minutes && minute % everyMinutes === 0)
      .filter((minute) => changes(minute) || minute % (97 * everyMinutes) === 0)
      .map((minute) => ({ severity, minute, fires: fires[minute] === 1 }));
  });
}
