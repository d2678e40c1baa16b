import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calendarPeriod, calendarUnits } from './calendar.ts';
import type { CalendarUnit, Period } from './calendar.ts';

const quarterHourMs = 15 * 60_000;

interface Met {
  readonly atMs: number;
  readonly date: string;
}

/**
 * The oracle walks through time and asks for the date at each step, without any arithmetic on
 * offsets; changes of clocks and offsets fall on quarters of an hour. Gives each step at which
 * the date is another than one step before.
 */
function datesByWalking(zone: string, from: string, to: string): Met[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  const met: Met[] = [];
  for (let atMs = Date.parse(from); atMs < Date.parse(to); atMs += quarterHourMs) {
    const date = format.format(atMs);
    if (date !== met.at(-1)?.date) met.push({ atMs, date });
  }
  return met;
}

/** Every period between the ends of a walk: it begins where its name shows for the first time. */
function periodsOf(unit: CalendarUnit, met: readonly Met[]): Period[] {
  const starts: number[] = [];
  let newest = '';
  for (const { atMs, date } of met) {
    const name = nameOf(unit, date);
    if (name > newest) starts.push(atMs);
    if (name > newest) newest = name;
  }
  // The first name was met somewhere within its period.
  return starts.slice(1, -1).map((fromMs, index) => ({ fromMs, toMs: starts[index + 2] ?? 0 }));
}

/** A name that sorts by time: the first date of the period. */
function nameOf(unit: CalendarUnit, date: string): string {
  const [year = '', month = ''] = date.split('-');
  switch (unit) {
    case 'day':
      return date;
    case 'week': {
      const day = new Date(`${date}T00:00:00Z`);
      while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1);
      return day.toISOString().slice(0, 10);
    }
    case 'month':
      return `${year}-${month}`;
    case 'quarter':
      return `${year}-Q${Math.ceil(Number(month) / 3)}`;
    case 'year':
      return year;
  }
}

/** Each with what is hard about it. */
const zones = [
  ['Asia/Seoul', 'no clock change'],
  ['America/New_York', 'an hour at 02:00'],
  ['Europe/Berlin', 'an hour at 02:00 and 03:00'],
  ['Australia/Lord_Howe', 'half an hour'],
  ['Africa/Cairo', 'midnight is skipped'],
  ['America/Santiago', 'midnight is skipped, the hour before it comes twice'],
  ['America/Havana', 'midnight comes twice'],
  ['Asia/Kathmandu', 'an offset of 5:45'],
] as const;

describe('periods of the calendar are those that a walk through time meets', () => {
  for (const [zone, what] of zones) {
    it(`in ${zone}: ${what}`, () => {
      const met = datesByWalking(zone, '2024-06-01T00:00Z', '2027-02-01T00:00Z');
      for (const unit of calendarUnits) {
        const walked = periodsOf(unit, met);
        assert.ok(walked.length > 0);
        for (const period of walked) {
          const { fromMs, toMs } = period;
          for (const at of [fromMs, fromMs + 1, (fromMs + toMs) / 2, toMs - 1]) {
            assert.deepEqual(calendarPeriod(unit, zone, at), period, `${unit} of ${at}`);
          }
        }
      }
    });
  }
});

const hoursOf = (unit: CalendarUnit, zone: string, at: string) => {
  const { fromMs, toMs } = calendarPeriod(unit, zone, Date.parse(at));
  return (toMs - fromMs) / 3_600_000;
};

it('a day on which clocks change has 23, 25 or 24½ hours', () => {
  assert.equal(hoursOf('day', 'America/New_York', '2026-03-08T12:00:00Z'), 23);
  assert.equal(hoursOf('day', 'America/New_York', '2026-11-01T12:00:00Z'), 25);
  assert.equal(hoursOf('day', 'Australia/Lord_Howe', '2026-04-05T00:00:00Z'), 24.5);
  assert.equal(hoursOf('month', 'Europe/Berlin', '2026-10-10T00:00:00Z'), 31 * 24 + 1);
});

it('an island that skipped a day has no period for it', () => {
  const before = calendarPeriod('day', 'Pacific/Apia', Date.parse('2011-12-30T09:00:00Z'));
  const after = calendarPeriod('day', 'Pacific/Apia', before.toMs);
  assert.equal(new Date(before.toMs).toISOString(), '2011-12-30T10:00:00.000Z');
  assert.deepEqual(after, { fromMs: before.toMs, toMs: before.toMs + 86_400_000 });
});

it('clocks set back from 00:01 to 23:01 do not bring yesterday back', () => {
  // St. John's, 2010-11-07 00:01 NDT = 02:31 UTC; the new day began a minute earlier.
  const midnight = Date.parse('2010-11-07T02:30:00Z');
  const shownTwice = calendarPeriod('day', 'America/St_Johns', Date.parse('2010-11-07T03:00:00Z'));
  assert.equal(shownTwice.fromMs, midnight);
  assert.equal(calendarPeriod('day', 'America/St_Johns', midnight - 1).toMs, midnight);
});
