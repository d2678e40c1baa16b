import type { Point, Series } from '../api/schemas.ts';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { measuredCoverageMin, minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveConfig } from './objective-status.ts';
import type { ObjectiveReader } from './reader.ts';
import { budgetOf, windowStarts } from './window.ts';

/** Minutes `[from, to)` in steps. */
export interface SeriesRange {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly stepMinutes: number;
}

/**
 * The course of an objective: events by step, and the budget that was left at each step's end.
 * Running totals over the minutes make every window a difference of two numbers.
 */
export async function objectiveSeries(
  objective: ObjectiveConfig,
  reader: ObjectiveReader,
  range: SeriesRange,
  clock: MinuteClock,
): Promise<Series> {
  const startOf = windowStarts(objective.window);
  const begin = Math.min(range.fromMinute, startOf(range.fromMinute + 1));
  const columns = await reader.minutes(begin, range.toMinute);
  const { spans } = reader.leftOut(begin, range.toMinute);
  for (const span of spans) markExcluded(columns, span);
  const totals = { valid: runningTotal(columns.valid), bad: runningTotal(columns.bad) };
  const adjusted = spans.length === 0 ? undefined : totalsWithout(columns, spans);
  const leftOver = (of: Totals, to: number) =>
    budgetOf(difference(of, Math.max(0, startOf(to) - begin), to - begin), objective.target);
  const points: Point[] = [];
  for (let at = range.fromMinute; at < range.toMinute; at += range.stepMinutes) {
    const to = Math.min(at + range.stepMinutes, range.toMinute);
    const step = difference(totals, at - begin, to - begin);
    points.push({
      at: clock.instant(at),
      ...step,
      ...knownOf(columns, at - begin, to - begin),
      leftFraction: leftOver(totals, to).leftFraction,
      ...(adjusted && { adjustedLeftFraction: leftOver(adjusted, to).leftFraction }),
    });
  }
  return {
    id: objective.id,
    from: clock.instant(range.fromMinute),
    to: clock.instant(range.toMinute),
    stepSeconds: (range.stepMinutes * clock.minuteMs) / 1000,
    points,
  };
}

/** Entry `i` is the sum of the first `i` values. */
function runningTotal(values: Float64Array): Float64Array {
  const totals = new Float64Array(values.length + 1);
  for (const [index, value] of values.entries()) totals[index + 1] = (totals[index] ?? 0) + value;
  return totals;
}

function markExcluded({ state, fromMinute }: MinuteColumns, span: MinuteSpan): void {
  state.fill(minuteState.excluded, span.fromMinute - fromMinute, span.toMinute - fromMinute);
}

interface Totals {
  readonly valid: Float64Array;
  readonly bad: Float64Array;
}

function totalsWithout(columns: MinuteColumns, spans: readonly MinuteSpan[]): Totals {
  const without = (values: Float64Array) => {
    const kept = values.slice();
    for (const { fromMinute, toMinute } of spans) {
      kept.fill(0, fromMinute - columns.fromMinute, toMinute - columns.fromMinute);
    }
    return runningTotal(kept);
  };
  return { valid: without(columns.valid), bad: without(columns.bad) };
}

function difference(totals: Totals, from: number, to: number) {
  const valid = (totals.valid[to] ?? 0) - (totals.valid[from] ?? 0);
  const bad = (totals.bad[to] ?? 0) - (totals.bad[from] ?? 0);
  return { good: valid - bad, bad, valid };
}

/**
 * A step is excluded when all of it is. Its coverage is that of its closed minutes; a step of
 * open minutes alone counts as measured from its first scrape on.
 */
function knownOf(
  { coverage, state }: MinuteColumns,
  from: number,
  to: number,
): Pick<Point, 'coverage' | 'state'> {
  const indices = Array.from({ length: to - from }, (_, offset) => from + offset);
  const known = indices.filter((index) => state[index] !== minuteState.excluded);
  if (known.length === 0) return { coverage: 0, state: 'excluded' };
  const closed = known.filter((index) => state[index] !== minuteState.open);
  const judged = closed.length > 0 ? closed : known;
  const mean = judged.reduce((sum, index) => sum + (coverage[index] ?? 0), 0) / judged.length;
  const enough = closed.length > 0 ? measuredCoverageMin : Number.MIN_VALUE;
  return { coverage: mean, state: mean >= enough ? 'measured' : 'unmeasured' };
}
