import { windowSecondsMax } from '@sprout/objectives';
import type { Window } from '@sprout/objectives';
import { formatDuration, parseDuration } from '@sprout/query/duration';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import type { SeriesRange } from '../status/series.ts';
import { ledgerWindow } from '../status/window.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

/** Points of one answer. */
export const pointsMax = 1500;

/** Points aimed at when no step is asked for. */
const pointsByDefault = 300;

/**
 * The minutes that a series is asked over: by default the objective's window up to now.
 * Throws SpokenProblem `RANGE_INVALID` or `TOO_MANY_POINTS`.
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
 * Throws SpokenProblem `RANGE_INVALID`.
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
  throw new SpokenProblem(400, 'RANGE_INVALID', {
    title: { en: 'The range is not valid', ko: '기간이 올바르지 않습니다' },
    detail: {
      en: `from must lie before to, at most a year; they are ${minutes} ledger minutes apart`,
      ko: `from은 to보다 앞서야 하고 길어야 1년입니다. 지금은 원장 분으로 ${minutes}분 차이입니다`,
    },
    hint: {
      en: 'exchange from and to, or ask for less',
      ko: 'from과 to를 바꾸거나 더 짧은 기간을 요청하세요',
    },
  });
}

function refuseTooMany(minutes: number, stepMinutes: number, clock: MinuteClock): void {
  const points = Math.ceil(minutes / stepMinutes);
  if (points <= pointsMax) return;
  const enough = (Math.ceil(minutes / pointsMax) * clock.minuteMs) / 1000;
  throw new SpokenProblem(400, 'TOO_MANY_POINTS', {
    title: { en: 'The answer would have too many points', ko: '요청한 점이 너무 많습니다' },
    detail: {
      en: `${points} points were asked for, at most ${pointsMax} are answered`,
      ko: `점 ${points}개를 요청했지만 ${pointsMax}개까지만 답합니다`,
    },
    hint: {
      en: `ask with step=${formatDuration(enough)} or more`,
      ko: `step=${formatDuration(enough)} 이상으로 요청하세요`,
    },
  });
}
