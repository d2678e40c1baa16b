import { parseDuration } from '@sprout/query/duration';
import { calendarPeriod, calendarUnits } from './calendar.ts';
import type { CalendarUnit } from './calendar.ts';
import { isZone } from './zone.ts';

/** A window that ends now. */
export interface RollingWindow {
  readonly kind: 'rolling';
  /** Prometheus duration from `1h` to `1y`, for example `30d`. */
  readonly length: string;
}

/** A window that begins with a unit of the calendar and lasts to its end. */
export interface CalendarWindow {
  readonly kind: 'calendar';
  readonly unit: CalendarUnit;
  /** IANA time zone, for example `Asia/Seoul`. */
  readonly zone: string;
}

/** The period a promise is kept over. */
export type Window = RollingWindow | CalendarWindow;

/** Zone of calendar windows that name none. */
export const defaultZone = 'Asia/Seoul';

/** Longest window: a leap year. */
export const windowSecondsMax = 366 * 86_400;

/** A rolling window that ends now. */
export const rolling = (length: string): RollingWindow => ({ kind: 'rolling', length });

/**
 * The running day, week (from Monday), month, quarter or year of a zone.
 * @example calendar('month', 'Europe/Berlin')
 */
export const calendar = (unit: CalendarUnit, zone: string = defaultZone): CalendarWindow => ({
  kind: 'calendar',
  unit,
  zone,
});

/** A window in one word: `30d`, `month@Asia/Seoul`. `parseWindow` reads it back. */
export function windowName(window: Window): string {
  return window.kind === 'rolling' ? window.length : `${window.unit}@${window.zone}`;
}

/**
 * Reads `30d`, `month@Asia/Seoul` or `month` (in the default zone).
 * Throws RangeError on anything else.
 */
export function parseWindow(name: string): Window {
  const [unitName, zone = defaultZone, ...rest] = name.split('@');
  const unit = calendarUnits.find((known) => known === unitName);
  if (unit !== undefined && rest.length === 0 && isZone(zone)) return calendar(unit, zone);
  if (name.includes('@') || unit !== undefined) {
    throw new RangeError(`"${name}" is no calendar window; write for example month@Asia/Seoul`);
  }
  parseDuration(name);
  return rolling(name);
}

/**
 * Nominal length of a window in seconds, what alert windows are scaled by: a month counts as 30
 * days, a quarter as 90, a year as 365, whatever the calendar makes of a single one.
 */
export function windowSeconds(window: Window): number {
  return window.kind === 'rolling' ? parseDuration(window.length) : nominalSeconds[window.unit];
}

/** When a window began that reaches up to `atMs` (exclusive), Unix milliseconds. */
export function windowStartMs(window: Window, atMs: number): number {
  if (window.kind === 'rolling') return atMs - windowSeconds(window) * 1000;
  return calendarPeriod(window.unit, window.zone, atMs - 1).fromMs;
}

const daySeconds = 86_400;
const nominalSeconds: Readonly<Record<CalendarUnit, number>> = {
  day: daySeconds,
  week: 7 * daySeconds,
  month: 30 * daySeconds,
  quarter: 90 * daySeconds,
  year: 365 * daySeconds,
};
