import { HttpProblem } from '@sprout/process';
import { windowSecondsMax } from '@sprout/objectives';
import type { Window } from '@sprout/objectives';
import { formatDuration, parseDuration } from '@sprout/query/duration';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import type { SeriesRange } from '../status/series.ts';
import { ledgerWindow } from '../status/window.ts';

/** Points of one answer. */
export const pointsMax = 1500;

/** Points aimed at when no step is asked for. */
const pointsByDefault = 300;

/**
 * The minutes that a series is asked over: by default the objective's window up to now.
 * Throws HttpProblem `RANGE_INVALID` or `TOO_MANY_POINTS`.
 */
export function seriesRange(
  query: {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly step?: string | undefined;
  },
  window: Window,
  nowMs: number,
  clock: MinuteClock,
): SeriesRange {
  const { fromMinute, toMinute } = stretchOf(query, window, nowMs, clock);
  const minutes = toMinute - fromMinute;
  const stepMinutes =
    query.step === undefined
      ? Math.ceil(minutes / pointsByDefault)
      : Math.ceil((parseDuration(query.step) * 1000) / clock.minuteMs);
  refuseTooMany(minutes, stepMinutes, clock);
  return { fromMinute, toMinute, stepMinutes };
}

/**
 * The minutes between `from` and `to`, by default a window up to now.
 * Throws HttpProblem `RANGE_INVALID`.
 */
export function stretchOf(
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  window: Window,
  nowMs: number,
  clock: MinuteClock,
): MinuteSpan {
  const toMinute = clock.endAt(query.to === undefined ? nowMs : Date.parse(query.to));
  const fromMinute =
    query.from === undefined
      ? ledgerWindow(window, toMinute).fromMinute
      : Math.floor(Date.parse(query.from) / clock.minuteMs);
  refuseBadRange(fromMinute, toMinute - fromMinute, clock);
  return { fromMinute, toMinute };
}

function refuseBadRange(fromMinute: number, minutes: number, clock: MinuteClock): void {
  if (fromMinute >= 0 && minutes > 0 && minutes <= clock.minutesOf(windowSecondsMax)) return;
  throw new HttpProblem(400, 'The range is not valid', {
    code: 'RANGE_INVALID',
    detail: `from must lie before to, at most a year; they are ${minutes} ledger minutes apart`,
    hint: 'exchange from and to, or ask for less',
  });
}

function refuseTooMany(minutes: number, stepMinutes: number, clock: MinuteClock): void {
  const points = Math.ceil(minutes / stepMinutes);
  if (points <= pointsMax) return;
  const enough = (Math.ceil(minutes / pointsMax) * clock.minuteMs) / 1000;
  throw new HttpProblem(400, 'The answer would have too many points', {
    code: 'TOO_MANY_POINTS',
    detail: `${points} points were asked for, at most ${pointsMax} are answered`,
    hint: `ask with step=${formatDuration(enough)} or more`,
  });
}
