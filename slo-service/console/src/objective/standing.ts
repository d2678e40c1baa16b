import type { BudgetAnswer, BurnRateAnswer, ObjectiveStatus } from '@sprout/slo-service/api';
import { windowSeconds } from '../place/range.ts';

/** Budget left as seconds of total outage: fraction left × (1 − target) × window. */
export function outageSecondsLeft(
  budget: Pick<BudgetAnswer, 'leftFraction'>,
  status: Pick<ObjectiveStatus, 'target' | 'window'>,
): number | null {
  if (budget.leftFraction === null) return null;
  return Math.max(0, budget.leftFraction) * (1 - status.target) * windowSeconds(status.window);
}

/** The burn rate that speaks for "now": the last hour, as in the forecast, or the nearest there is. */
export function burnNow(status: Pick<ObjectiveStatus, 'burnRates'>): BurnRateAnswer | undefined {
  const distance = (rate: BurnRateAnswer) => Math.abs(Math.log(windowSeconds(rate.window) / 3600));
  return status.burnRates.toSorted((a, b) => distance(a) - distance(b))[0];
}

/**
 * The verdict as far as it may be believed: `kept` out of stale or missing measurements is
 * `unknown`, bad news stay bad news.
 */
export function trustedVerdict({
  verdict,
  state,
}: Pick<ObjectiveStatus, 'verdict' | 'state'>): ObjectiveStatus['verdict'] {
  const trusted = state === 'ok' || state === 'no_traffic';
  return verdict === 'kept' && !trusted ? 'unknown' : verdict;
}

const rank = { broken: 0, at_risk: 1, unknown: 2, kept: 3 } as const;

/** Worst first: by verdict, then by budget left; those that nobody can judge before the kept. */
export function byWorst(a: ObjectiveStatus, b: ObjectiveStatus): number {
  return (
    rank[trustedVerdict(a)] - rank[trustedVerdict(b)] ||
    (a.budget.leftFraction ?? 2) - (b.budget.leftFraction ?? 2) ||
    a.id.localeCompare(b.id)
  );
}
