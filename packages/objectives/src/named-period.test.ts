import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calendarPeriod, calendarUnits } from './calendar.ts';
import {
  PeriodError,
  parsePeriod,
  periodAt,
  periodIn,
  periodKinds,
  shiftPeriod,
} from './named-period.ts';

/** Name → first and last day; what is hard about each. */
const periods = [
  ['2026-W48', '2026-11-23', '2026-11-29'],
  ['2020-W53', '2020-12-28', '2021-01-03'], // a year of 53 weeks that ends in the next
  ['2021-W01', '2021-01-04', '2021-01-10'],
  ['2025-W01', '2024-12-30', '2025-01-05'], // begins in the year before
  ['2026-W53', '2026-12-28', '2027-01-03'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2026-12', '2026-12-01', '2026-12-31'],
  ['2026-Q1', '2026-01-01', '2026-03-31'],
  ['2026-Q4', '2026-10-01', '2026-12-31'],
  ['2024', '2024-01-01', '2024-12-31'],
  ['2026-11-01..2026-11-15', '2026-11-01', '2026-11-15'],
  ['2026-12-31..2027-01-01', '2026-12-31', '2027-01-01'],
  ['2026-11-05..2026-11-05', '2026-11-05', '2026-11-05'], // one day
  ['2024-01-01..2024-12-31', '2024-01-01', '2024-12-31'], // the longest
] as const;

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

it('a name says the first and the last day', () => {
  for (const [name, first, last] of periods) {
    const period = parsePeriod(name);
    assert.deepEqual([period.name, day(period.first), day(period.end - 1)], [name, first, last]);
  }
});

it('what is no name of a period is refused with the reason', () => {
  for (const [text, reason] of [
    ['', /is no period/],
    ['1999', /is no period/],
    ['2026-1', /is no period/],
    ['2026-W4', /is no period/],
    ['2026-w48', /is no period/],
    ['2026-11-01', /is no period/],
    ['2026-11-01..', /is no period/],
    ['2026-11-01..2026-11-02..2026-11-03', /is no period/],
    ['2026-00', /2026 has no 00/],
    ['2026-13', /2026 has no 13/],
    ['2026-Q0', /2026 has no Q0/],
    ['2026-Q5', /2026 has no Q5/],
    ['2026-W00', /2026 has no W00/],
    ['2021-W53', /2021 has no W53/],
    ['2026-W54', /2026 has no W54/],
    ['2026-02-30..2026-03-01', /"2026-02-30" is no day/],
    ['2026-11-01..2026-11-31', /"2026-11-31" is no day/],
    ['2026-11-01T00:00Z..2026-11-02', /is no day/],
    ['2026-11-15..2026-11-01', /ends before it begins/],
    ['2023-01-01..2024-01-02', /has 367 days, 366 are the most/],
  ] as const) {
    assert.throws(
      () => parsePeriod(text),
      (error) => {
        assert.ok(error instanceof PeriodError);
        assert.match(error.message, reason);
        assert.match(error.words.ko, /[가-힣]/);
        return true;
      },
      text,
    );
  }
});

describe('periods of every zone are those of its calendar', () => {
  for (const zone of [
    'Asia/Seoul',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'America/Havana',
  ]) {
    it(zone, () => {
      const units = calendarUnits.filter((unit) => unit !== 'day');
      for (let at = Date.UTC(2020, 11, 20); at < Date.UTC(2022, 0, 12); at += 47 * 3_600_000) {
        for (const unit of units) {
          const period = periodAt(unit, zone, at);
          assert.deepEqual(periodIn(period, zone), calendarPeriod(unit, zone, at));
          assert.deepEqual(parsePeriod(period.name), period);
        }
      }
    });
  }
});

it('a week in which clocks change has an hour less or more, and so has a stretch', () => {
  const hours = (name: string) => {
    const { fromMs, toMs } = periodIn(parsePeriod(name), 'America/New_York');
    return (toMs - fromMs) / 3_600_000;
  };
  assert.equal(hours('2026-W10'), 7 * 24 - 1);
  assert.equal(hours('2026-W44'), 7 * 24 + 1);
  assert.equal(hours('2026-03-08..2026-03-08'), 23);
  assert.equal(hours('2026-10-31..2026-11-01'), 49);
});

it('periods follow each other without gap, and back again', () => {
  for (const [name] of periods) {
    const period = parsePeriod(name);
    const next = shiftPeriod(period, 1);
    assert.equal(next.first, period.end, name);
    assert.deepEqual(shiftPeriod(next, -1), period, name);
  }
  assert.equal(shiftPeriod(parsePeriod('2020-W53'), 1).name, '2021-W01');
  assert.equal(shiftPeriod(parsePeriod('2026-Q1'), -1).name, '2025-Q4');
  assert.equal(new Set(periods.map(([name]) => parsePeriod(name).kind)).size, periodKinds.length);
});
