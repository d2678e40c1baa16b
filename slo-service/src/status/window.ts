import { budget, burnRate, calendarPeriod, windowName, windowSeconds } from '@sprout/objectives';
import type { Budget, Window } from '@sprout/objectives';
import type { BudgetAnswer } from '../api/schemas.ts';
import type { WindowSum } from '../ledger/ledger.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveReader } from './reader.ts';

/** A window of a promise and the stretch of the ledger it covers. */
export interface LedgerWindow {
  /** For example `30d` or `month@Asia/Seoul`. */
  readonly name: string;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** The stretch of the ledger that a window covers which ends at `endMinute`. */
export function ledgerWindow(window: Window, endMinute: number): LedgerWindow {
  return {
    name: windowName(window),
    fromMinute: windowStarts(window)(endMinute),
    toMinute: endMinute,
  };
}

/**
 * A function from the end minute of a window to its first minute, for ends in rising order.
 * Calendars run by the promise's clock, sixty ledger minutes to the hour, so that they are
 * compressed with everything else.
 */
export function windowStarts(window: Window): (endMinute: number) => number {
  if (window.kind === 'rolling') {
    const minutes = Math.max(1, Math.round(windowSeconds(window) / 60));
    return (endMinute) => Math.max(0, endMinute - minutes);
  }
  let period = { fromMs: 0, toMs: 0 };
  return (endMinute) => {
    const lastMs = (endMinute - 1) * promisedMinuteMs;
    if (lastMs < period.fromMs || lastMs >= period.toMs) {
      period = calendarPeriod(window.unit, window.zone, lastMs);
    }
    return Math.max(0, Math.floor(period.fromMs / promisedMinuteMs));
  };
}

const promisedMinuteMs = 60_000;

/** Length of a window's stretch by the clock, in seconds. */
export function secondsOf(window: LedgerWindow, { minuteMs }: MinuteClock): number {
  return ((window.toMinute - window.fromMinute) * minuteMs) / 1000;
}

/** The budget of a window, from what the ledger has summed up over it. */
export function budgetAnswer(
  sum: WindowSum,
  window: LedgerWindow,
  target: number,
  clock: MinuteClock,
): BudgetAnswer {
  return {
    window: window.name,
    from: clock.instant(window.fromMinute),
    to: clock.instant(window.toMinute),
    ...figuresOf(sum, target),
  };
}

/** The budget of a window, raw and, where something is excluded, adjusted. */
export async function readBudget(
  reader: ObjectiveReader,
  window: LedgerWindow,
  target: number,
  clock: MinuteClock,
): Promise<BudgetAnswer> {
  const sum = await reader.sum(window.fromMinute, window.toMinute);
  const raw = budgetAnswer(sum, window, target, clock);
  const adjustment = await reader.adjust(window, sum);
  if (adjustment === undefined) return raw;
  const { excludedMinutes, exclusions } = adjustment;
  const figures = figuresOf(adjustment.sum, target);
  return { ...raw, adjusted: { ...figures, excludedMinutes, exclusions: [...exclusions] } };
}

/** The fraction left by which a promise is judged: the adjusted one where there is one. */
export function leftFractionOf({ leftFraction, adjusted }: BudgetAnswer): number | null {
  return adjusted === undefined ? leftFraction : adjusted.leftFraction;
}

function figuresOf(sum: WindowSum, target: number) {
  const { good, bad, valid, compliance, allowed, left, leftFraction } = budgetOf(sum, target);
  return { good, bad, valid, compliance, allowed, left, leftFraction, coverage: coverageOf(sum) };
}

/** Budget of summed events. */
export function budgetOf(sum: Pick<WindowSum, 'valid' | 'bad'>, target: number): Budget {
  return budget(counts(sum), target);
}

/** Burn rate of summed events; null without any. */
export function burnRateOf(sum: Pick<WindowSum, 'valid' | 'bad'>, target: number): number | null {
  const { bad, valid } = counts(sum);
  return burnRate(bad, valid, target);
}

/** Fraction of the expected scrapes since the first measured minute of the window. */
export function coverageOf({ covered, closed }: Pick<WindowSum, 'covered' | 'closed'>): number {
  return closed === 0 ? 0 : covered / closed;
}

/**
 * Single minutes can show a good event before its valid twin, when one of two series has a gap;
 * sums telescope. What is left at the edge of a window must not show as a negative count.
 */
function counts({ valid, bad }: Pick<WindowSum, 'valid' | 'bad'>) {
  const bounded = Math.min(Math.max(0, bad), valid);
  return { good: valid - bounded, bad: bounded, valid };
}
