import type { Point } from '@sprout/slo-service/api';
import { expect, test } from 'vitest';
import { coverageCells, meanCoverage } from './coverage.ts';

const point = (minute: number, state: Point['state'], coverage: number): Point => ({
  at: new Date(minute * 60_000).toISOString(),
  good: 0,
  bad: 0,
  valid: 0,
  coverage,
  state,
  leftFraction: null,
});

test('neighbours of one kind become one cell, and partial ones stay apart', () => {
  const cells = coverageCells([
    point(0, 'measured', 1),
    point(1, 'measured', 0.999),
    point(2, 'measured', 0.7),
    point(3, 'measured', 0.6),
    point(4, 'unmeasured', 0),
    point(5, 'unmeasured', 0),
    point(6, 'excluded', 0),
  ]);
  expect(cells.map(({ kind, weight }) => `${kind} ${weight}`)).toEqual([
    'full 2',
    'partial 1',
    'partial 1',
    'unmeasured 2',
    'excluded 1',
  ]);
});

test('excluded steps do not lower the mean', () => {
  expect(meanCoverage([point(0, 'measured', 1), point(1, 'excluded', 0)])).toBe(1);
  expect(meanCoverage([])).toBeNull();
});
