import { instantOf, localTime } from './zone.ts';
import type { LocalMs } from './zone.ts';

/** Units of the calendar that a promise can be kept over. Weeks begin on Monday (ISO 8601). */
export const calendarUnits = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

/** A stretch of time, Unix milliseconds, `[from, to)`. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The day, week, month, quarter or year of a zone that an instant lies in. A day begins with the
 * first instant of its date, so that it has 23 or 25 hours when clocks change, and periods follow
 * each other without gap or overlap.
 * @example calendarPeriod('month', 'Asia/Seoul', Date.parse('2026-11-23T12:00:00Z'))
 */
export function calendarPeriod(unit: CalendarUnit, zone: string, atMs: number): Period {
  let start = startOf(unit, localTime(atMs, zone));
  let fromMs = instantOf(start, zone);
  for (;;) {
    const next = nextStart(unit, start);
    const toMs = instantOf(next, zone);
    // Clocks set back across midnight show yesterday again; the new period has begun by then.
    if (atMs < toMs) return { fromMs, toMs };
    [start, fromMs] = [next, toMs];
  }
}

/** Local midnight that the period of a local time begins with. */
function startOf(unit: CalendarUnit, local: LocalMs): LocalMs {
  const date = new Date(local);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case 'day':
      return Date.UTC(year, month, day);
    case 'week':
      return Date.UTC(year, month, day - ((date.getUTCDay() + 6) % 7));
    case 'month':
      return Date.UTC(year, month, 1);
    case 'quarter':
      return Date.UTC(year, month - (month % 3), 1);
    case 'year':
      return Date.UTC(year, 0, 1);
  }
}

const daysOf = { day: 1, week: 7 } as const;
const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

function nextStart(unit: CalendarUnit, start: LocalMs): LocalMs {
  const date = new Date(start);
  if (unit === 'day' || unit === 'week') date.setUTCDate(date.getUTCDate() + daysOf[unit]);
  else date.setUTCMonth(date.getUTCMonth() + monthsOf[unit]);
  return date.getTime();
}
