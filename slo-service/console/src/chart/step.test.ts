import type { Point } from '@sprout/slo-service/api';
import { expect, test } from 'vitest';
import { safeLanguage } from './safe-language.ts';
import { alignInterval, fitInterval, stepFor } from './step.ts';

const hourMs = 3_600_000;
const interval = { fromMs: 0, toMs: 720 * hourMs };

test.each([
  [1, 60],
  [4, 60],
  [24, 600],
  [168, 3600],
  [720, 14_400],
])('%d hours are drawn in steps of %d seconds, at most 240 of them', (hours, seconds) => {
  const step = stepFor({ fromMs: 0, toMs: hours * hourMs });
  expect(step).toBe(seconds);
  expect((hours * 3600) / step).toBeLessThanOrEqual(240);
});

test('an aligned interval begins at a whole step and ends where it ended', () => {
  expect(alignInterval({ fromMs: 90_500, toMs: 200_123 }, 60)).toEqual({
    fromMs: 60_000,
    toMs: 200_123,
  });
});

const point = (atMs: number, state: Point['state']): Point => ({
  at: new Date(atMs).toISOString(),
  good: 1,
  bad: 0,
  valid: state === 'measured' ? 1 : 0,
  coverage: state === 'measured' ? 1 : 0,
  state,
  leftFraction: 1,
});

test('a young promise is drawn from its first measurement on', () => {
  const points = [point(0, 'unmeasured'), point(700 * hourMs, 'measured')];
  expect(fitInterval(points, interval)).toEqual({ fromMs: 700 * hourMs, toMs: interval.toMs });
});

test('a step that is measured in part counts as the beginning', () => {
  const partly = { ...point(700 * hourMs, 'unmeasured'), coverage: 0.1, valid: 5 };
  expect(fitInterval([point(0, 'unmeasured'), partly], interval).fromMs).toBe(700 * hourMs);
});

test('half an hour is drawn at least, and a mostly measured window whole', () => {
  const fresh = [point(interval.toMs - 60_000, 'measured')];
  expect(fitInterval(fresh, interval).fromMs).toBe(interval.toMs - hourMs / 2);
  expect(fitInterval([point(100 * hourMs, 'measured')], interval)).toEqual(interval);
  expect(fitInterval([], interval)).toEqual(interval);
});

test('a language that is none becomes English', () => {
  expect(safeLanguage('en-US@posix')).toBe('en-US');
  expect(safeLanguage('ko-kr')).toBe('ko-KR');
});
