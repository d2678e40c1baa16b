import { expect, test } from 'vitest';
import { barGeometry, burnDownAxis, sliAxis } from './budget-geometry.ts';

test.each([
  [1, 1, 0],
  [0.23, 0.23, 0],
  [0, 0, 0],
  [-0.35, 0, 0.35],
  [-9.6, 0, 1],
  [null, 0, 0],
])('a budget left of %d fills %d and overspends %d of the bar', (left, fill, overspent) => {
  const bar = barGeometry(left);
  expect(bar.fill).toBeCloseTo(fill, 12);
  expect(bar.overspent).toBeCloseTo(overspent, 12);
});

test('the burn-down axis always holds the full and the used-up budget', () => {
  for (const values of [[0.9, 0.8], [-3, 0.2], [null], []]) {
    const [low, high] = burnDownAxis(values);
    expect(low).toBeLessThan(Math.min(0, ...values.filter((value) => value !== null)));
    expect(high).toBeGreaterThan(1);
  }
});

test('the SLI axis shows the promise apart from both ends', () => {
  for (const values of [[1, 1], [0.9], [0.9989], []]) {
    const [low, high] = sliAxis(values, 0.99);
    expect(low).toBeLessThan(0.99);
    expect(high).toBeGreaterThan(1);
    for (const value of values) expect(low).toBeLessThan(value);
  }
});
