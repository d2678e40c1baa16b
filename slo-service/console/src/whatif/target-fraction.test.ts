import { expect, test } from 'vitest';
import { targetFraction } from './target-fraction.ts';

test('per cent become the fraction of the API, to the digit', () => {
  expect(targetFraction('99.95')).toBe('0.9995');
  expect(targetFraction(' 99,5 % ')).toBe('0.995');
  for (const none of ['', 'all', '100', '0']) expect(targetFraction(none)).toBe(undefined);
});
