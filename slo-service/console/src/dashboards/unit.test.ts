import { expect, test } from 'vitest';
import { formatUnit } from './unit.ts';

test.each([
  [0.0123, 's', '12.3 ms'],
  [0, 's', '0 s'],
  [90_000, 's', '25 h'],
  [4, 'ms', '4 ms'],
  [1536, 'bytes', '1.5 KiB'],
  [1024 ** 3, 'bytes', '1 GiB'],
  [2_500_000, 'Bps', '2.5 MB/s'],
  [0.99951, 'percentunit', '99.95 %'],
  [12_345, 'short', '12.3k'],
  [-3, 'short', '−3'],
  [40, 'reqps', '40 req/s'],
  [0.5, 'cps', '0.5/s'],
  [1_234_567, 'none', '1234567'],
] as const)('%d in %s reads %s', (value, unit, text) => {
  expect(formatUnit(value, unit)).toBe(text);
});

test('what is no number is a dash', () => {
  expect(formatUnit(Number.NaN, 's')).toBe('–');
  expect(formatUnit(null, 'short')).toBe('–');
});
