import { expect, test } from 'vitest';
import { formatInstant, formatMinute, formatTick } from './instant.ts';

const noon = '2026-11-23T12:05:09Z';

test('UTC is written the same wherever the reader is', () => {
  expect(formatInstant(noon, 'utc', 'en-GB')).toBe('23 Nov 2026, 12:05:09');
  expect(formatMinute(noon, 'utc', 'en-GB')).toBe('23 Nov, 12:05');
});

test('midnight is written 00:00 and never 24:00', () => {
  expect(formatInstant('2026-11-23T00:00:00Z', 'utc', 'en-GB')).toBe('23 Nov 2026, 00:00:00');
});

test('an axis names the day at midnight and the time elsewhere', () => {
  const midnight = Date.parse('2026-11-23T00:00:00Z') / 1000;
  expect(formatTick(midnight, 21_600, 'utc', 'en-GB')).toBe('23 Nov');
  expect(formatTick(midnight + 21_600, 21_600, 'utc', 'en-GB')).toBe('06:00');
  expect(formatTick(midnight + 30, 10, 'utc', 'en-GB')).toBe('00:00:30');
});
