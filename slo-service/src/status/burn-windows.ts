import { burnRatePairs } from '@sprout/objectives';
import { formatDuration } from '@sprout/query/duration';

/** A window over which burn is reported. */
export interface BurnWindow {
  readonly name: string;
  readonly seconds: number;
  /** Burn rate from which the alert of this window can fire; null when it has none. */
  readonly threshold: number | null;
}

const hourSeconds = 3600;

/**
 * The windows of the burn-rate alerts of a period, shortest first, and the last hour, which
 * verdicts and forecasts use. Windows below a minute are left out: the ledger counts by minute.
 * A window that two alerts share has the threshold of the more sensitive one.
 */
export function burnWindows(periodSeconds: number): BurnWindow[] {
  const thresholds = new Map<number, number | null>([[hourSeconds, null]]);
  for (const { longSeconds, shortSeconds, factor } of burnRatePairs(periodSeconds)) {
    for (const seconds of [shortSeconds, longSeconds].map(Math.round)) {
      const known = thresholds.get(seconds) ?? Infinity;
      if (seconds >= 60) thresholds.set(seconds, Math.min(known, factor));
    }
  }
  return [...thresholds]
    .toSorted(([a], [b]) => a - b)
    .map(([seconds, threshold]) => ({ name: formatDuration(seconds), seconds, threshold }));
}
