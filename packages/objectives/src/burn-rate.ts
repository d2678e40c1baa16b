/** A pair of windows that must both burn faster than `factor` for an alert to fire. */
export interface BurnRatePair {
  readonly severity: 'page' | 'ticket';
  /** Error ratio ÷ (1 − target) from which the pair fires. */
  readonly factor: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** Fraction of the period's budget that is spent when a steady burn at `factor` fires. */
  readonly budgetFraction: number;
}

/**
 * The four pairs of the SRE workbook ("Alerting on SLOs", 6: multiwindow, multi-burn-rate) for a
 * period: for 30 days 14.4× over 1 h ∧ 5 m, 6× over 6 h ∧ 30 m, 3× over 1 d ∧ 2 h and 1× over
 * 3 d ∧ 6 h. For other periods the windows scale with the period, so that each pair still
 * stands for the same fraction of the budget: factor = fraction · period ÷ long window.
 */
export function burnRatePairs(periodSeconds: number): readonly BurnRatePair[] {
  return workbook.map(({ severity, budgetFraction, longOfPeriod }) => {
    const longSeconds = periodSeconds * longOfPeriod;
    return {
      severity,
      budgetFraction,
      factor: Number((budgetFraction / longOfPeriod).toPrecision(12)),
      longSeconds,
      shortSeconds: longSeconds / 12,
    };
  });
}

const hoursOf30Days = 720;
const workbook = [
  { severity: 'page', budgetFraction: 0.02, longOfPeriod: 1 / hoursOf30Days },
  { severity: 'page', budgetFraction: 0.05, longOfPeriod: 6 / hoursOf30Days },
  { severity: 'ticket', budgetFraction: 0.1, longOfPeriod: 24 / hoursOf30Days },
  { severity: 'ticket', budgetFraction: 0.1, longOfPeriod: 72 / hoursOf30Days },
] as const;

/** Burn rate: error ratio ÷ allowed error ratio; 1 spends exactly the budget over the window. */
export function burnRate(bad: number, valid: number, target: number): number | null {
  return valid > 0 ? bad / valid / allowedRatio(target) : null;
}

/** Fraction of events that may be bad: 1 − target, without the noise of binary fractions. */
export function allowedRatio(target: number): number {
  return Number((1 - target).toPrecision(12));
}
