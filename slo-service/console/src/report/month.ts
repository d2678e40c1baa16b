import { calendarPeriod } from '@sprout/objectives/calendar';
import { defaultZone } from '@sprout/objectives/window';
import type { Interval } from '../place/range.ts';

/** The zone whose months a promise is reported in: its window's, else the house's. */
export function reportZone(window: string): string {
  return window.split('@')[1] ?? defaultZone;
}

/** The month of a zone that an instant lies in: `2026-11`. */
export function monthAt(ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
  }).formatToParts(ms);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}`;
}

/** The month so many months later or earlier. */
export function shiftMonth(month: string, by: number): string {
  const at = new Date(`${month}-15T12:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 7);
}

/** Reads the month of a URL; anything that is none is `fallback`. */
export function readMonth(text: string | null, fallback: string): string {
  return text !== null && /^20\d\d-(0[1-9]|1[0-2])$/.test(text) ? text : fallback;
}

/** Begin and end of a month of a zone. */
export function monthInterval(month: string, zone: string): Interval {
  // Noon of the fifteenth in Greenwich is the same month everywhere.
  return calendarPeriod('month', zone, Date.parse(`${month}-15T12:00:00Z`));
}

/** `November 2026`. */
export function monthName(month: string, locale: string): string {
  const options = { year: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${month}-15T12:00:00Z`));
}
