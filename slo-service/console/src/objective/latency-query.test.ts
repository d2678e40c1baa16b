import { expect, test } from 'vitest';
import type { DeclaredObjective } from './formula.ts';
import { latencyQuestion } from './latency-query.ts';

const matcher = (label: string, value: string) => ({ label, op: '=' as const, value });
const bucket = {
  metric: 'a_bucket',
  service: 'a',
  matchers: [matcher('le', '2'), matcher('route', 'x')],
};
const promise = (sli: Partial<DeclaredObjective['sli']>) => ({
  target: 0.99,
  sli: { thresholdSeconds: 2, good: [bucket], ...sli },
});

test('a latency promise is asked for its own quantile, as boards ask', () => {
  expect(latencyQuestion(promise({}))).toEqual({
    quantile: 0.99,
    expr: 'histogram_quantile(0.99, sum by (le) (rate(a_bucket{route="x"}[$__rate_interval])))',
  });
});

test('slices of latency are about the fraction within a slice', () => {
  const slice = { goodRatioMin: 0.95, minutes: 5, noTraffic: 'skip' } as const;
  expect(latencyQuestion(promise({ slice }))?.quantile).toBe(0.95);
});

test('what no histogram times has no latency to ask for', () => {
  expect(latencyQuestion(promise({ thresholdSeconds: undefined }))).toBe(undefined);
  expect(latencyQuestion(promise({ good: undefined }))).toBe(undefined);
  expect(latencyQuestion(promise({ good: [{ ...bucket, matchers: [] }] }))).toBe(undefined);
});
