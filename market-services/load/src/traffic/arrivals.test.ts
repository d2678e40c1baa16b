import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poissonArrivals } from './arrivals.ts';
import { seededRandom } from './random.ts';

test('arrivals keep their mean rate', () => {
  const arrivals = poissonArrivals(30, seededRandom(7));
  for (let count = 0; count < 30_000; count += 1) arrivals.advance();
  assert.ok(Math.abs(arrivals.dueMs / 1000 - 1000) < 30, `${arrivals.dueMs} ms for 1000 s`);
});

test('gaps vary as a Poisson process does: their deviation equals their mean', () => {
  const arrivals = poissonArrivals(100, seededRandom(3));
  const gaps = Array.from({ length: 20_000 }, () => {
    const before = arrivals.dueMs;
    arrivals.advance();
    return arrivals.dueMs - before;
  });
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  assert.ok(Math.abs(Math.sqrt(variance) / mean - 1) < 0.05);
});

test('the same seed makes the same arrivals again', () => {
  const due = (seed: number) => {
    const arrivals = poissonArrivals(10, seededRandom(seed));
    for (let count = 0; count < 5; count += 1) arrivals.advance();
    return arrivals.dueMs;
  };
  assert.equal(due(1), due(1));
  assert.notEqual(due(1), due(2));
});
