import { burnRatePairs } from './burn-rate.ts';
import type { BurnRatePair } from './burn-rate.ts';

/**
 * Bad events that must stand in the long window before anybody is told. At 60 requests an hour
 * and 14.4× of 1 % the ratio is reached by nine failures anyway, so the guard changes nothing on
 * a service with traffic; on a quiet night it keeps one flaky failure out of three requests from
 * waking somebody, while a probe every 15 s still reports a dead route within three minutes.
 */
export const badEventsMin = 10;

/** How often the rules of a burn-rate pair are evaluated: the longer its windows, the less. */
export const speeds = ['fast', 'medium', 'slow'] as const;
export type Speed = (typeof speeds)[number];

/** A pair of windows with the name of its alert. */
export interface BurnAlert extends BurnRatePair {
  readonly alert: string;
  readonly speed: Speed;
  /** The first pair alone says something about a stack that is younger than its long window. */
  readonly needsHistory: boolean;
}

const named = [
  { alert: 'ErrorBudgetBurnFast', speed: 'fast', needsHistory: false },
  { alert: 'ErrorBudgetBurnMedium', speed: 'medium', needsHistory: true },
  { alert: 'ErrorBudgetBurnSlow', speed: 'slow', needsHistory: true },
  { alert: 'ErrorBudgetBurnCreeping', speed: 'slow', needsHistory: true },
] as const;

/** The alerts that watch the budget of a period, the fastest first. */
export function burnAlerts(periodSeconds: number): BurnAlert[] {
  const pairs = burnRatePairs(periodSeconds);
  return named.flatMap((name, index) => {
    const pair = pairs[index];
    return pair === undefined ? [] : { ...name, ...pair };
  });
}

/** Whether an alert is one of those that watch the budget of an objective. */
export const isBurnAlert = (name: string): boolean => named.some(({ alert }) => alert === name);
