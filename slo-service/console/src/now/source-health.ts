import type { Source } from '@sprout/slo-service/api';

/** A source whose last metered minute is older than this is late, even when it answers. */
const lateAfterMs = 5 * 60_000;

/** How a source is doing, as the verdict whose shape shows it. */
export function sourceHealth(source: Source, nowMs: number): 'kept' | 'at_risk' | 'broken' {
  if (!source.healthy) return 'broken';
  if (source.lastMinute === null) return 'at_risk';
  return nowMs - Date.parse(source.lastMinute) > lateAfterMs ? 'at_risk' : 'kept';
}
