import type { Point, Series } from '@sprout/slo-service/api';
import { expect, test } from 'vitest';
import { expectedAllowed, periodOf, periodPoints } from './period.ts';

const point = (hour: number, valid: number, bad: number, left: number | null): Point => ({
  at: new Date(Date.UTC(2026, 10, 1, hour)).toISOString(),
  good: valid - bad,
  bad,
  valid,
  coverage: 1,
  state: 'measured',
  leftFraction: left,
});
const series = (points: Point[]): Series => ({
  id: 'x',
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-01T02:00:00.000Z',
  stepSeconds: 3600,
  target: 0.99,
  points,
});

test('bad events and their allowance add up from the begin of the period', () => {
  const points = periodPoints(series([point(0, 1000, 0, 1), point(1, 1000, 5, 0.75)]), 0.99);
  expect(points.map(({ bad }) => bad)).toEqual([0, 5]);
  expect(points.map(({ allowed }) => allowed)).toEqual([expect.closeTo(10), 20]);
});

test('excluded steps add nothing', () => {
  const excluded: Point = { ...point(1, 500, 400, 1), state: 'excluded' };
  const points = periodPoints(series([point(0, 1000, 5, 0.5), excluded]), 0.99);
  expect(points[1]?.bad).toBe(5);
});

test('a month ends in its zone, and is expected to go on as it began', () => {
  const budget = { window: 'month@Asia/Seoul', from: '2026-10-31T15:00:00.000Z' };
  const period = periodOf(budget, 60_000);
  expect(new Date(period?.toMs ?? 0).toISOString()).toBe('2026-11-30T15:00:00.000Z');
  const points = periodPoints(series([point(0, 1000, 0, 1)]), 0.99);
  expect(
    period && expectedAllowed(points, { ...period, fromMs: Date.UTC(2026, 10, 1) }),
  ).toBeCloseTo(10 * (29 * 24 + 15));
  expect(periodOf({ window: '30d', from: budget.from }, 60_000)).toBe(undefined);
});
