import { allowedRatio } from './burn-rate.ts';

/** The state of an error budget over a window; all counts are events. */
export interface Budget {
  readonly good: number;
  readonly bad: number;
  readonly valid: number;
  /** good ÷ valid; null without valid events. */
  readonly compliance: number | null;
  /** Bad events the promise allows: (1 − target) · valid. */
  readonly allowed: number;
  /** allowed − bad; negative when overspent. */
  readonly left: number;
  /** left ÷ allowed; 1 untouched, below 0 overspent; null without valid events. */
  readonly leftFraction: number | null;
}

interface Counts {
  readonly good: number;
  readonly bad: number;
  readonly valid: number;
}

/** Error budget of `valid` events of which `bad` were bad, against `target`. */
export function budget(counts: Counts, target: number): Budget {
  return budgetAllowing(counts, allowedRatio(target) * counts.valid);
}

/**
 * Error budget of events of which so many may be bad. Across versions of a promise
 * allowed = Σ (1 − target) · valid over the stretches in which each was in force.
 */
export function budgetAllowing(counts: Counts, allowed: number): Budget {
  const left = allowed - counts.bad;
  const measured = counts.valid > 0;
  return {
    ...counts,
    compliance: measured ? counts.good / counts.valid : null,
    allowed,
    left,
    leftFraction: measured ? left / allowed : null,
  };
}

/**
 * Seconds until the budget is used up at the present burn rate:
 * fraction left × window ÷ burn rate. Null when nothing burns or nothing is known, 0 when spent.
 */
export function secondsToExhaustion(
  leftFraction: number | null,
  windowSeconds: number,
  burn: number | null,
): number | null {
  if (leftFraction === null || burn === null || burn <= 0) return null;
  return Math.max(0, (leftFraction * windowSeconds) / burn);
}
