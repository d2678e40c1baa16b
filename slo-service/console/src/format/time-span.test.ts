import { expect, test } from 'vitest';
import { formatLatency, shortSpan, spellSpan } from './time-span.ts';

test.each([
  [0, '0 seconds', '0s'],
  [1, '1 second', '1s'],
  [90, '1 minute 30 seconds', '1m 30s'],
  [3600, '1 hour', '1h'],
  [8 * 86_400 + 23 * 3600, '8 days', '8d 23h'],
  [12 * 86_400 + 3600, '12 days', '12d'],
])('%d seconds are spelled %s and shortened %s', (seconds, long, short) => {
  expect(spellSpan(seconds, 'en-GB')).toBe(long);
  expect(shortSpan(seconds, 'en-GB')).toBe(short);
});

test('spans are spelled in Korean', () => {
  expect(spellSpan(9 * 86_400, 'ko-KR')).toBe('9일');
  expect(spellSpan(5400, 'ko-KR')).toBe('1시간 30분');
});

test('latencies choose the unit that needs the fewest zeros', () => {
  expect([0.34, 12.5, 999.4, 2390].map(formatLatency)).toEqual([
    '340 µs',
    '12.5 ms',
    '999 ms',
    '2.39 s',
  ]);
});
