import { expect, test } from 'vitest';
import { monthAt, monthInterval, readMonth, shiftMonth } from './month.ts';

test('a month is that of the zone', () => {
  expect(monthAt(Date.parse('2026-10-31T16:00:00Z'), 'Asia/Seoul')).toBe('2026-11');
  expect(monthAt(Date.parse('2026-10-31T16:00:00Z'), 'UTC')).toBe('2026-10');
  const { fromMs } = monthInterval('2026-11', 'Asia/Seoul');
  expect(new Date(fromMs).toISOString()).toBe('2026-10-31T15:00:00.000Z');
});

test('months follow each other across years', () => {
  expect(shiftMonth('2026-12', 1)).toBe('2027-01');
  expect(shiftMonth('2026-01', -1)).toBe('2025-12');
  expect(readMonth('2026-13', '2026-11')).toBe('2026-11');
});
