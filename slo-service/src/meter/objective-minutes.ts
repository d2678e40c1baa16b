import { measuredCoverageMin, minuteState } from '../ledger/ledger.ts';
import type { MinuteEntry, ObjectiveMinutes } from '../ledger/ledger.ts';
import type { Counted, Tally } from './fold.ts';
import type { MeterPlan, PlannedObjective } from './plan.ts';
import { expectedScrapes } from './rules.ts';
import type { MeterRules } from './rules.ts';

/** Minutes of which coverage is known: `[from, closed)` for good, `[closed, to)` not yet. */
export interface Stretch {
  readonly fromMinute: number;
  readonly closedMinute: number;
  readonly toMinute: number;
}

/** Turns counted events and scrapes into the minutes of every objective. */
export function objectiveMinutes(
  plan: MeterPlan,
  counted: Counted,
  stretch: Stretch,
  rules: Pick<MeterRules, 'minuteMs' | 'scrapeIntervalMs'>,
): ObjectiveMinutes[] {
  const expected = expectedScrapes(rules);
  return plan.objectives.map((objective) => ({
    objective: objective.id,
    minutes: minutesOf(objective, plan, counted, stretch, expected),
  }));
}

function minutesOf(
  objective: PlannedObjective,
  plan: MeterPlan,
  { events, scrapes }: Counted,
  stretch: Stretch,
  expected: number,
): MinuteEntry[] {
  const valid = sumOf(events, objective.valid);
  const part = sumOf(events, objective.part);
  const coverageAt = (minute: number) => coverage(objective, plan, scrapes, minute, expected);
  return [...minutesTouched(stretch, valid, part)].map((minute) => {
    const all = valid.get(minute) ?? 0;
    const counted = part.get(minute) ?? 0;
    const bad = objective.counted === 'bad' ? counted : all - counted;
    return { minute, valid: all, bad, ...knowledge(minute, stretch, coverageAt) };
  });
}

function minutesTouched(
  { fromMinute, toMinute }: Stretch,
  ...sums: readonly ReadonlyMap<number, number>[]
): Set<number> {
  const minutes = new Set(sums.flatMap((sum) => [...sum.keys()]));
  for (let minute = fromMinute; minute < toMinute; minute++) minutes.add(minute);
  return minutes;
}

/** Events that reach back across a gap do not make an old minute better known. */
function knowledge(
  minute: number,
  { fromMinute, closedMinute }: Stretch,
  coverageAt: (minute: number) => number,
): Pick<MinuteEntry, 'coverage' | 'state'> {
  if (minute < fromMinute) return { coverage: null, state: minuteState.unknown };
  const fraction = coverageAt(minute);
  if (minute >= closedMinute) return { coverage: fraction, state: minuteState.open };
  const measured = fraction >= measuredCoverageMin;
  return {
    coverage: fraction,
    state: measured ? minuteState.measured : minuteState.unmeasured,
  };
}

/** Fraction of expected targets × expected scrapes that were made, successful or not. */
function coverage(
  { services }: PlannedObjective,
  { targets }: MeterPlan,
  scrapes: Tally,
  minute: number,
  expectedScrapes: number,
): number {
  let made = 0;
  let expected = 0;
  for (const service of services) {
    const wanted = (targets.get(service) ?? 1) * expectedScrapes;
    expected += wanted;
    made += Math.min(wanted, scrapes.get(service)?.get(minute) ?? 0);
  }
  return expected === 0 ? 0 : made / expected;
}

function sumOf(events: Tally, selectors: readonly string[]): Map<number, number> {
  const sum = new Map<number, number>();
  for (const selector of selectors) {
    for (const [minute, count] of events.get(selector) ?? []) {
      sum.set(minute, (sum.get(minute) ?? 0) + count);
    }
  }
  return sum;
}
