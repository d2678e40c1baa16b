import { expect, test } from 'vitest';
import { formatCount } from './count.ts';

test('counts are full below ten thousand and short above, in the way of the language', () => {
  expect([7, 2770, 9999].map((count) => formatCount(count, 'en-GB'))).toEqual([
    '7',
    '2,770',
    '9,999',
  ]);
  expect(formatCount(1_204_331, 'en-GB')).toBe('1.2M');
  expect(formatCount(1_234_567, 'en-GB')).toBe('1.23M');
  expect(formatCount(1_204_331, 'ko-KR')).toBe('120만');
  expect(formatCount(-8337, 'en-GB')).toBe('−8,337');
});
