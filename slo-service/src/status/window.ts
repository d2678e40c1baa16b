import { budget, burnRate } from '@sprout/objectives';
import type { Budget } from '@sprout/objectives';
import type { BudgetAnswer } from '../api/schemas.ts';
import type { WindowSum } from '../ledger/ledger.ts';
import type { MinuteClock } from './minute-clock.ts';

/** A window of a promise and the stretch of the ledger it covers. */
export interface LedgerWindow {
  /** As a Prometheus duration, for example `30d`. */
  readonly name: string;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** The budget of a window, from what the ledger has summed up over it. */
export function budgetAnswer(
  sum: WindowSum,
  window: LedgerWindow,
  target: number,
  clock: MinuteClock,
): BudgetAnswer {
  const { compliance, allowed, left, leftFraction, good, bad, valid } = budgetOf(sum, target);
  return {
    window: window.name,
    from: clock.instant(window.fromMinute),
    to: clock.instant(window.toMinute),
    good,
    bad,
    valid,
    compliance,
    allowed,
    left,
    leftFraction,
    coverage: coverageOf(sum),
  };
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
