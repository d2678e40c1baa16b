import { formatDuration, parseDuration } from '@sprout/query/duration';
import type { CalendarUnit } from '../calendar.ts';
import { windowSchema } from '../schema.ts';
import { calendar, rolling } from '../window.ts';
import type { Window } from '../window.ts';
import type { Remark } from '../remark.ts';
import type { TimeWindow } from './schema.ts';
import { unsaid } from './words/unsaid.ts';

/** A window in OpenSLO's words; undefined when it is no whole number of minutes. */
export function timeWindowOf(window: Window): TimeWindow | undefined {
  if (window.kind === 'rolling') {
    const duration = shorthandOf(window.length);
    return duration === undefined ? undefined : { duration, isRolling: true };
  }
  return {
    duration: calendarShorthand[window.unit],
    calendar: { startTime: commonStart, timeZone: window.zone },
    isRolling: false,
  };
}

/** The window that OpenSLO's words mean, or why Sprout has none like it. */
export function windowIn(timeWindow: TimeWindow): Window | { readonly unsayable: Remark } {
  const { duration } = timeWindow;
  const window = timeWindow.calendar === undefined ? rollingIn(duration) : calendarIn(timeWindow);
  if (window === undefined) return { unsayable: describe(timeWindow) };
  if (windowSchema.safeParse(window).success) return window;
  return { unsayable: unsaid('WINDOW_LENGTH', { duration }) };
}

/** 1 January 2024 was a Monday: days, weeks, months, quarters and years all began with it. */
const commonStart = '2024-01-01 00:00:00';

const calendarShorthand: Readonly<Record<CalendarUnit, string>> = {
  day: '1d',
  week: '1w',
  month: '1M',
  quarter: '1Q',
  year: '1Y',
};

/** Other spellings of the same periods. */
const calendarUnitOf: Readonly<Record<string, CalendarUnit>> = {
  '1d': 'day',
  '24h': 'day',
  '1w': 'week',
  '7d': 'week',
  '1M': 'month',
  '1Q': 'quarter',
  '3M': 'quarter',
  '1Y': 'year',
  '4Q': 'year',
  '12M': 'year',
};

function shorthandOf(length: string): string | undefined {
  if (/^[1-9]\d*[mhdw]$/.test(length)) return length;
  const seconds = parseDuration(length);
  const [unit, size] = Object.entries({ d: 86_400, h: 3600, m: 60 }).find(
    ([, each]) => seconds % each === 0,
  ) ?? ['', 0];
  return size === 0 ? undefined : `${seconds / size}${unit}`;
}

/** Months, quarters and years that roll have no length of their own. */
function rollingIn(duration: string): Window | undefined {
  return /[MQY]$/.test(duration) ? undefined : rolling(duration);
}

function calendarIn({ duration, calendar: aligned }: TimeWindow): Window | undefined {
  const unit = calendarUnitOf[duration];
  if (unit === undefined || aligned === undefined) return undefined;
  return startsUnit(aligned.startTime, unit) ? calendar(unit, aligned.timeZone) : undefined;
}

function startsUnit(startTime: string, unit: CalendarUnit): boolean {
  const start = new Date(`${startTime.replace(' ', 'T')}Z`);
  if (start.getTime() % 86_400_000 !== 0) return false;
  if (unit === 'day') return true;
  if (unit === 'week') return start.getUTCDay() === 1;
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  return start.getUTCDate() === 1 && start.getUTCMonth() % months === 0;
}

function describe({ duration, calendar: aligned }: TimeWindow): Remark {
  if (aligned === undefined) return unsaid('WINDOW_VARIES', { duration });
  const known = Object.values(calendarShorthand);
  return unsaid('WINDOW_UNIT', { duration, startTime: aligned.startTime, known });
}

/** The length of a rolling window in the words it was declared in, when they mean the same. */
export function sameLength(window: Window, length: string | undefined): Window {
  if (window.kind !== 'rolling' || length === undefined) return window;
  try {
    const isSame =
      formatDuration(parseDuration(length)) === formatDuration(parseDuration(window.length));
    return isSame ? rolling(length) : window;
  } catch {
    // What is written for other tools counts; an unreadable note beside it changes nothing.
    return window;
  }
}
