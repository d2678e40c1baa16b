import { burnAlerts, windowSeconds } from '@sprout/objectives';
import type { BurnAlert, Speed } from '@sprout/objectives';
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

/** Evaluation intervals of a speed, in evaluation intervals of Prometheus. At most 5 minutes. */
export const intervalsOfSpeed: Readonly<Record<Speed, number>> = { fast: 1, medium: 4, slow: 20 };

/** A burn-rate pair with a name and its windows on the clock. */
export interface AlertPair extends Pick<
  BurnAlert,
  'alert' | 'speed' | 'severity' | 'factor' | 'needsHistory'
> {
  readonly long: RateWindow;
  readonly short: RateWindow;
}

/** The pairs that watch an objective; none when it has no alerts. */
export function alertPairs(objective: CompiledObjective, timeScale: number): AlertPair[] {
  if (!objective.alerts) return [];
  return burnAlerts(windowSeconds(objective.window)).map(
    ({ alert, speed, severity, factor, needsHistory, longSeconds, shortSeconds }) => ({
      alert,
      speed,
      needsHistory,
      severity: objective.pages ? severity : 'ticket',
      factor,
      long: rateWindow(longSeconds, timeScale),
      short: rateWindow(shortSeconds, timeScale),
    }),
  );
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
