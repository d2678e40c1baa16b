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
