import { burnAlerts, windowSeconds } from '@sprout/objectives';
import type { BurnAlert, Window } from '@sprout/objectives';
import { formatDuration } from '@sprout/query/duration';
import { z } from 'zod';
import { joined, minutesIn } from '../exclusions/left-out.ts';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { overlap } from '../status/reader.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { termsIn } from '../versions/promise-history.ts';
import { firings } from './firings.ts';
import type { Firing } from './firings.ts';

/** How far back is looked, in days of the promise's clock. */
const lookBackDays = 30;

/** Firings of one alert that an answer has, the newest. */
export const firingsMax = 50;

const firingSchema = z.object({
  from: z.iso.datetime(),
  /** Null while it would still fire. */
  to: z.iso.datetime().nullable(),
  /** Highest burn rate over the long window. */
  worstBurnRate: z.number(),
  /** Minutes in which nobody could look; they neither begin nor end a firing. */
  unmeasuredMinutes: z.number(),
  /** Minutes that an exclusion leaves out of budgets; alerts see them all the same. */
  excludedMinutes: z.number(),
  /** True when some of it was simulated, or is known by the hour only; else absent. */
  simulated: z.literal(true).optional(),
  coarse: z.literal(true).optional(),
});

const alertSchema = z.object({
  alert: z.string(),
  severity: z.enum(['page', 'ticket']),
  /** Both windows must burn faster than this. */
  threshold: z.number(),
  longWindow: z.string(),
  shortWindow: z.string(),
  /** How often it would have fired. */
  count: z.number(),
  /**
   * The newest, oldest first; null when its short window is less than a minute, which the ledger
   * counts by.
   */
  firings: z.array(firingSchema).nullable(),
});

/** When the burn-rate alerts of a promise would have fired, by the ledger's minutes. */
export const wouldAlertSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Stretches in which somebody would have been paged; alerts that overlap are one. */
  pages: z.number(),
  tickets: z.number(),
  alerts: z.array(alertSchema),
});
export type WouldAlert = z.infer<typeof wouldAlertSchema>;

/** A promise whose alerts are tried on what was. */
export type Watched = Pick<ObjectiveConfig, 'alerts' | 'pages' | 'sli'> & {
  readonly window: Window;
};

/**
 * Tries the alerts of a promise on the last 30 days of the ledger, raw, as alerts see them; null
 * when it has none. Each minute is judged by the target that `reader.history` has for it.
 */
export async function wouldAlert(
  promise: Watched,
  reader: ObjectiveReader,
  endMinute: number,
  clock: MinuteClock,
): Promise<WouldAlert | null> {
  if (!promise.alerts) return null;
  const range = {
    fromMinute: Math.max(0, endMinute - clock.minutesOf(lookBackDays * 86_400)),
    toMinute: endMinute,
  };
  const pairs = burnAlerts(windowSeconds(promise.window)).map((pair) => ({
    ...pair,
    severity: promise.pages ? pair.severity : ('ticket' as const),
    longMinutes: clock.minutesOf(pair.longSeconds),
    shortMinutes: clock.minutesOf(pair.shortSeconds),
  }));
  const reach = Math.max(
    ...pairs.map(({ longMinutes, shortMinutes }) => longMinutes + shortMinutes),
  );
  const minutes = {
    columns: await reader.minutes(Math.max(0, range.fromMinute - reach - 1), endMinute),
    targetAt: (minute: number) => termsIn(reader.history, minute).target,
    badWeight: promise.sli.slice === undefined ? 1 : clock.minuteMs / 1000,
  };
  const excluded = reader.leftOut(range.fromMinute, range.toMinute).spans;
  const tried = pairs.map((pair) => ({
    pair,
    found: isCountable(pair) ? firings(minutes, pair, range) : undefined,
  }));
  const times = (severity: BurnAlert['severity']) =>
    joined(tried.flatMap(({ pair, found }) => (pair.severity === severity ? (found ?? []) : [])))
      .length;
  return {
    from: clock.instant(range.fromMinute),
    to: clock.instant(range.toMinute),
    pages: times('page'),
    tickets: times('ticket'),
    alerts: tried.map(({ pair, found }) => ({
      alert: pair.alert,
      severity: pair.severity,
      threshold: pair.factor,
      longWindow: formatDuration(pair.longSeconds),
      shortWindow: formatDuration(pair.shortSeconds),
      count: found?.length ?? 0,
      firings: found?.slice(-firingsMax).map(told(reader, excluded, clock)) ?? null,
    })),
  };
}

/** The ledger knows nothing shorter than a minute. */
const isCountable = ({ shortSeconds }: BurnAlert): boolean => Math.round(shortSeconds) >= 60;

const told =
  (reader: ObjectiveReader, excluded: readonly MinuteSpan[], clock: MinuteClock) =>
  ({ goesOn, worstBurnRate, unmeasuredMinutes, ...stretch }: Firing) => ({
    from: clock.instant(stretch.fromMinute),
    to: goesOn ? null : clock.instant(stretch.toMinute),
    worstBurnRate,
    unmeasuredMinutes,
    excludedMinutes: minutesIn(excluded.flatMap((span) => overlap(stretch, span) ?? [])),
    ...(reader.simulated(stretch) && { simulated: true as const }),
    ...(reader.isCoarse(stretch) && { coarse: true as const }),
  });
