import { expect, test } from 'vitest';
import { nextCell } from './roving.ts';

test('arrows stay within the strip', () => {
  expect(nextCell('ArrowRight', 2, 3)).toBe(2);
  expect(nextCell('ArrowLeft', 2, 3)).toBe(1);
  expect(nextCell('Home', 2, 3)).toBe(0);
  expect(nextCell('x', 2, 3)).toBe(undefined);
});
