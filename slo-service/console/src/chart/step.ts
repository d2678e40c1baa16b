import type { Point } from '@sprout/slo-service/api';
import type { Interval } from '../place/range.ts';

const stepsSeconds = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
const pointsMax = 240;

/** The finest step that draws an interval with at most 240 points; seconds. */
export function stepFor({ fromMs, toMs }: Interval): number {
  const seconds = (toMs - fromMs) / 1000;
  return stepsSeconds.find((step) => seconds / step <= pointsMax) ?? 86_400;
}

/** An interval that begins at a whole step, so that refreshing does not move every bar. */
export function alignInterval({ fromMs, toMs }: Interval, stepSeconds: number): Interval {
  const step = stepSeconds * 1000;
  return { fromMs: Math.floor(fromMs / step) * step, toMs };
}

const shortestMs = 30 * 60_000;

/**
 * The part of an interval that holds measurements, when most of it holds none: a promise that is
 * measured for an hour should not be drawn as the last pixel of 30 days. Half an hour at least.
 */
export function fitInterval(points: readonly Point[], interval: Interval): Interval {
  const first = points.find((point) => point.coverage > 0 || point.valid > 0);
  if (!first) return interval;
  const measuredFromMs = Date.parse(first.at);
  const measuredMs = interval.toMs - measuredFromMs;
  if (measuredMs > (interval.toMs - interval.fromMs) / 2) return interval;
  return { fromMs: interval.toMs - Math.max(measuredMs, shortestMs), toMs: interval.toMs };
}
