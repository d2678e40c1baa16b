import { windowName } from '@sprout/objectives';
import type { Point, Series } from '../api/schemas.ts';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { measuredCoverageMin, minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import { termsIn, termsSpans } from '../versions/promise-history.ts';
import type { PromiseHistory } from '../versions/promise-history.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveConfig } from './objective-config.ts';
import type { ObjectiveReader } from './reader.ts';
import { budgetAcross, readBudget, windowStarts } from './window.ts';
import type { LedgerWindow } from './window.ts';

/** Minutes `[from, to)` in steps. */
export interface SeriesRange {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly stepMinutes: number;
}

/**
 * The course of an objective: events by step, and the budget that was left at each step's end, by
 * the promise in force then. Running totals over the minutes make every window a difference of
 * two numbers. Whole counts add up to the same number in any order; where events are spread over
 * a gap they do not to the last digit, and each budget is read as it is read everywhere else.
 */
export async function objectiveSeries(
  objective: ObjectiveConfig,
  reader: ObjectiveReader,
  range: SeriesRange,
  clock: MinuteClock,
): Promise<Series> {
  const windows = windowsOf(reader.history, range);
  const begin = Math.min(range.fromMinute, ...windows.map(({ fromMinute }) => fromMinute));
  const columns = await reader.minutes(begin, range.toMinute);
  const { spans } = reader.leftOut(begin, range.toMinute);
  const totals = totalsOf(columns);
  const isWhole = columns.valid.every(Number.isInteger) && columns.bad.every(Number.isInteger);
  const adjusted = spans.length === 0 ? undefined : totalsWithout(columns, spans);
  for (const span of spans) markExcluded(columns, span);
  const leftOver = (of: Totals, window: LedgerWindow) => {
    const parts = termsSpans(reader.history, window);
    const sumOf = ({ fromMinute, toMinute }: MinuteSpan) =>
      difference(of, fromMinute - begin, toMinute - begin);
    return budgetAcross(sumOf(window), parts.map(sumOf), parts).leftFraction;
  };
  const leftAt = async (window: LedgerWindow) => {
    if (!isWhole) return leftRead(reader, window, clock, spans.length > 0);
    return {
      leftFraction: leftOver(totals, window),
      ...(adjusted && { adjustedLeftFraction: leftOver(adjusted, window) }),
    };
  };
  const points: Point[] = [];
  for (const [index, window] of windows.entries()) {
    const at = range.fromMinute + index * range.stepMinutes;
    const step = difference(totals, at - begin, window.toMinute - begin);
    points.push({
      at: clock.instant(at),
      ...step,
      ...knownOf(columns, at - begin, window.toMinute - begin),
      ...(await leftAt(window)),
      ...(reader.simulated({ fromMinute: at, toMinute: window.toMinute }) && { simulated: true }),
      ...(reader.approximate({ fromMinute: at, toMinute: window.toMinute }) && {
        approximate: true,
      }),
      ...(reader.isCoarse({ fromMinute: at, toMinute: window.toMinute }) && { coarse: true }),
    });
  }
  return {
    id: objective.id,
    from: clock.instant(range.fromMinute),
    to: clock.instant(range.toMinute),
    stepSeconds: (range.stepMinutes * clock.minuteMs) / 1000,
    points,
    target: termsIn(reader.history, range.fromMinute).target,
    ...changesIn(reader.history, range, clock),
  };
}

function changesIn(
  history: PromiseHistory,
  { fromMinute, toMinute }: MinuteSpan,
  clock: MinuteClock,
): Pick<Series, 'changes'> {
  const changes = history
    .filter((terms) => terms.fromMinute > fromMinute && terms.fromMinute < toMinute)
    .map(({ fromMinute: at, target, window }) => ({
      at: clock.instant(at),
      target,
      window: windowName(window),
    }));
  return changes.length === 0 ? {} : { changes };
}

/** The promise's window at the end of each step. */
function windowsOf(history: PromiseHistory, range: SeriesRange): LedgerWindow[] {
  const startsOf = new Map(history.map((terms) => [terms, windowStarts(terms.window)] as const));
  const windows: LedgerWindow[] = [];
  for (let at = range.fromMinute; at < range.toMinute; at += range.stepMinutes) {
    const toMinute = Math.min(at + range.stepMinutes, range.toMinute);
    const terms = termsIn(history, toMinute - 1);
    const fromMinute = startsOf.get(terms)?.(toMinute) ?? toMinute;
    windows.push({ name: windowName(terms.window), fromMinute, toMinute });
  }
  return windows;
}

async function leftRead(
  reader: ObjectiveReader,
  window: LedgerWindow,
  clock: MinuteClock,
  isAdjusted: boolean,
): Promise<Pick<Point, 'leftFraction' | 'adjustedLeftFraction'>> {
  const { leftFraction, adjusted } = await readBudget(reader, window, clock);
  const adjustedLeftFraction = adjusted === undefined ? leftFraction : adjusted.leftFraction;
  return { leftFraction, ...(isAdjusted && { adjustedLeftFraction }) };
}

function totalsOf({ valid, bad }: Pick<MinuteColumns, 'valid' | 'bad'>): Totals {
  return { valid: runningTotal(valid), bad: runningTotal(bad) };
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
    return kept;
  };
  return totalsOf({ valid: without(columns.valid), bad: without(columns.bad) });
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
