import { burnRatePairs, windowSeconds } from '@sprout/objectives';
import type { BurnRatePair } from '@sprout/objectives';
import { formatDuration } from '@sprout/query';
import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';

export type CompiledObjective = SproutConfig['objectives'][number];

/** A window that events are counted over. */
export interface RateWindow {
  /** Its length by the promise, for example `5m`; names series and texts at any time scale. */
  readonly name: string;
  /** Its length by the promise. */
  readonly nominalSeconds: number;
  /** Its length by the clock, which runs `timeScale` times as fast. */
  readonly seconds: number;
}

/** How often the rules of a burn-rate pair are evaluated: the longer its windows, the less. */
export const speeds = ['fast', 'medium', 'slow'] as const;
export type Speed = (typeof speeds)[number];

/** Evaluation intervals of a speed, in evaluation intervals of Prometheus. At most 5 minutes. */
export const intervalsOfSpeed: Readonly<Record<Speed, number>> = { fast: 1, medium: 4, slow: 20 };

/** A burn-rate pair with a name and its windows on the clock. */
export interface AlertPair {
  readonly alert: string;
  readonly speed: Speed;
  readonly severity: BurnRatePair['severity'];
  readonly factor: number;
  readonly long: RateWindow;
  readonly short: RateWindow;
  /** The first pair alone says something about a stack that is younger than its long window. */
  readonly needsHistory: boolean;
}

const named = [
  { alert: 'ErrorBudgetBurnFast', speed: 'fast', needsHistory: false },
  { alert: 'ErrorBudgetBurnMedium', speed: 'medium', needsHistory: true },
  { alert: 'ErrorBudgetBurnSlow', speed: 'slow', needsHistory: true },
  { alert: 'ErrorBudgetBurnCreeping', speed: 'slow', needsHistory: true },
] as const;

/** Whether an alert is one of those that watch the budget of an objective. */
export const isBurnAlert = (name: string): boolean => named.some(({ alert }) => alert === name);

/** The pairs that watch an objective; none when it has no alerts. */
export function alertPairs(objective: CompiledObjective, timeScale: number): AlertPair[] {
  if (!objective.alerts) return [];
  const pairs = burnRatePairs(windowSeconds(objective.window));
  return named.flatMap((name, index) => {
    const pair = pairs[index];
    if (pair === undefined) return [];
    return {
      ...name,
      severity: objective.pages ? pair.severity : 'ticket',
      factor: pair.factor,
      long: rateWindow(pair.longSeconds, timeScale),
      short: rateWindow(pair.shortSeconds, timeScale),
    };
  });
}

/** The window that everything starts from: recorded for every objective, whatever its alerts. */
export const baseWindow = (timeScale: number): RateWindow => rateWindow(300, timeScale);

/** A window of the promise's clock. */
export function rateWindow(nominalSeconds: number, timeScale: number): RateWindow {
  return {
    name: formatDuration(nominalSeconds),
    nominalSeconds,
    seconds: timing(timeScale).scaled(nominalSeconds),
  };
}
