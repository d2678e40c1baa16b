import type { MinuteSpan } from '../exclusions/left-out.ts';
import type { Backfill } from '../meter/sights.ts';

const minutesPerHour = 60;

/** The minutes of which only hours are known yet, each in its hour's first minute. */
export function coarseSpan(
  backfill: Backfill | null | undefined,
  minuteMs: number,
): MinuteSpan | undefined {
  if (backfill === null || backfill === undefined) return undefined;
  const hourMs = minutesPerHour * minuteMs;
  const fromMinute = Math.floor(backfill.atMs / hourMs) * minutesPerHour;
  return { fromMinute, toMinute: Math.floor(backfill.untilMs / minuteMs) };
}
