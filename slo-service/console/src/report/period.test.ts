import { parsePeriod, periodKinds } from '@sprout/objectives/period';
import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { asKind, hasBegun, periodQuery, periodText, readPeriod } from './period.ts';

const nowMs = Date.parse('2026-11-28T16:00:00Z');
const month = parsePeriod('2026-11');
const read = (query: string) =>
  readPeriod(new URLSearchParams(query), ['week', 'month', 'days'], month).name;

test('a URL names a period; what is none, or is not offered, is this month', () => {
  expect(read('month=2026-10')).toBe('2026-10');
  expect(read('period=2020-W53')).toBe('2020-W53');
  expect(read('period=2026-11-01..2026-11-15')).toBe('2026-11-01..2026-11-15');
  for (const query of ['', 'month=2026-13', 'period=2021-W53', 'period=2026']) {
    expect(read(query), query).toBe('2026-11');
  }
});

test('a URL says again what it was read from', () => {
  expect(periodQuery(month)).toEqual({ month: '2026-11' });
  expect(periodQuery(parsePeriod('2026-W48'))).toEqual({ period: '2026-W48' });
});

test('another kind of period is the nearest to the end of what was shown', () => {
  const name = (kind: (typeof periodKinds)[number], shown: string) =>
    asKind(kind, parsePeriod(shown), 'Asia/Seoul', nowMs).name;
  expect(name('week', '2026-11')).toBe('2026-W48');
  expect(name('days', '2026-11')).toBe('2026-11-01..2026-11-29');
  expect(name('month', '2026-Q3')).toBe('2026-09');
  expect(name('quarter', '2026')).toBe('2026-Q4');
  expect(name('year', '2021-W01')).toBe('2021');
  expect(name('week', '2030')).toBe('2030-W01');
});

test('a period begins by the clock of its zone', () => {
  const sunday = parsePeriod('2026-11-29..2026-11-29');
  expect(hasBegun(sunday, 'Asia/Seoul', nowMs)).toBe(true);
  expect(hasBegun(sunday, 'America/New_York', nowMs)).toBe(false);
});

test('every kind of period is said in both languages', () => {
  const names = ['2026-W48', '2026-11', '2026-Q4', '2026', '2026-11-23..2026-12-02'];
  const said = (t: typeof en | typeof ko, locale: string) =>
    names.map((name) =>
      periodText(parsePeriod(name), t, locale).replaceAll(/\s*([–~])\s*/g, ' $1 '),
    );
  expect(said(en, 'en-GB')).toEqual([
    'week 48 of 2026, 23 – 29 Nov 2026',
    'November 2026',
    'Q4 2026',
    '2026',
    '23 Nov – 2 Dec 2026',
  ]);
  expect(said(ko, 'ko-KR')).toEqual([
    '2026년 48주, 2026. 11. 23. ~ 2026. 11. 29.',
    '2026년 11월',
    '2026년 4분기',
    '2026년',
    '2026. 11. 23. ~ 2026. 12. 2.',
  ]);
});
