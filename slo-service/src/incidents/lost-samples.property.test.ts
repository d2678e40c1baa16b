import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assert as assertProperty, asyncProperty, double, integer, record } from 'fast-check';
import type { Ledger } from '../ledger/ledger.ts';
import { meteredHistory } from '../testing/metered-history.ts';
import { randomFrom } from '../testing/random-history.ts';
import type { Scrape, TargetHistory } from '../testing/random-history.ts';
import { badStretches, defaultRule } from './bad-stretches.ts';
import { isOver } from './recovery.ts';

const epochMs = Date.parse('2026-01-05T00:00:00Z');
const epochMinute = epochMs / 60_000;
const minutes = 45;
/** The incident begins here and is seen before the first scrape is lost. */
const [badFrom, lostFrom] = [5, 12];
const target = 0.99;

/**
 * Failures of at least 30 %, thrice what makes a minute bad: what is spread across the edge of a
 * gap, or shared with a target that is seen, stays bad.
 */
const outage = record({
  badRatio: double({ min: 0.3, max: 1, noNaN: true }),
  endMinute: integer({ min: 14, max: 60 }),
  lost: double({ min: 0, max: 1, noNaN: true }),
  blackoutFrom: integer({ min: lostFrom, max: 40 }),
  blackoutMinutes: integer({ min: 0, max: 40 }),
});

it('lost samples resolve no incident that would not have been resolved with them', async () => {
  await assertProperty(
    asyncProperty(integer(), outage, async (seed, shape) => {
      const full = ['a', 'b'].map((instance) => failing(instance, shape));
      const random = randomFrom(seed);
      const isKept = ({ atSeconds }: Scrape) => {
        const minute = atSeconds / 60;
        const { blackoutFrom, blackoutMinutes } = shape;
        const isDark = minute >= blackoutFrom && minute < blackoutFrom + blackoutMinutes;
        return minute < lostFrom || (random() >= shape.lost && !isDark);
      };
      const lossy = full.map((one) => ({ ...one, scrapes: one.scrapes.filter(isKept) }));
      const [known, seen] = [await goingOn(full, seed), await goingOn(lossy, seed)];
      for (const [nowMs, goesOn] of known) {
        if (!goesOn) continue;
        const at = new Date(nowMs).toISOString();
        assert.ok(seen.get(nowMs), `the incident was resolved at ${at} by samples that were lost`);
      }
    }),
    { numRuns: 40 },
  );
});

/** Whether an incident goes on, at each tick of the meter. */
async function goingOn(targets: readonly TargetHistory[], seed: number) {
  const found = new Map<number, boolean>();
  const watch = async (ledger: Ledger, nowMs: number) => {
    const present = Math.ceil(nowMs / 60_000);
    const reader = { minutes: (from: number, to: number) => ledger.minutes('case', from, to) };
    const columns = await reader.minutes(epochMinute, present);
    const last = badStretches(columns, () => target, defaultRule).at(-1);
    const goesOn =
      last !== undefined && !(await isOver(reader, last.toMinute, present, defaultRule));
    found.set(nowMs, goesOn);
  };
  const ledger = await meteredHistory(targets, { epochMs, minutes, seed, watch });
  await ledger.close();
  return found;
}

/** Twenty requests a scrape, of which a part fails while the outage lasts. */
function failing(
  instance: string,
  { badRatio, endMinute }: { readonly badRatio: number; readonly endMinute: number },
): TargetHistory {
  const scrapes: Scrape[] = [];
  let [valid, bad] = [0, 0];
  for (let atSeconds = 5; atSeconds < (minutes + 20) * 60; atSeconds += 15) {
    const minute = atSeconds / 60;
    valid += 20;
    bad += minute >= badFrom && minute < endMinute ? 20 * badRatio : 0;
    const values = new Map([
      ['valid 0', valid],
      ['bad 0', bad],
    ]);
    const when = { atSeconds, replica: 'x', delaySeconds: 0, startSeconds: -5000 } as const;
    scrapes.push({ ...when, up: 1, values });
  }
  return { instance, scrapes };
}
