import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { sampleBudget, sampleStatus } from './sample-status.ts';
import { byWorst, trustedVerdict } from '@sprout/slo-service/standing';
import { burnNow, outageSecondsLeft } from './standing.ts';
import { tilesOf } from './tiles.tsx';

test('a quarter of a 99 % budget over 30 days is 1.8 hours of total outage', () => {
  const status = sampleStatus();
  const budget = { leftFraction: 0.25 };
  expect(outageSecondsLeft(budget, status)).toBeCloseTo(1.8 * 3600, 6);
  expect(outageSecondsLeft({ leftFraction: -2 }, status)).toBe(0);
  expect(outageSecondsLeft({ leftFraction: null }, status)).toBeNull();
});

test('the burn rate of now is that of the hour', () => {
  expect(burnNow(sampleStatus())?.window).toBe('1h');
});

test('promises sort worst first, and unknown ones before the kept', () => {
  const order = [
    sampleStatus({ id: 'kept-little', budget: sampleBudget(1000, 9) }),
    sampleStatus({ id: 'unknown', verdict: 'unknown', budget: sampleBudget(0, 0) }),
    sampleStatus({ id: 'kept-much' }),
    sampleStatus({ id: 'broken', verdict: 'broken', budget: sampleBudget(1000, 20) }),
    sampleStatus({ id: 'risky', verdict: 'at_risk' }),
    sampleStatus({ id: 'stale', state: 'stale' }),
  ].toSorted(byWorst);
  expect(order.map(({ id }) => id)).toEqual([
    'broken',
    'risky',
    'stale',
    'unknown',
    'kept-little',
    'kept-much',
  ]);
});

test('good news from missing measurements are not believed, bad news are', () => {
  expect(trustedVerdict({ verdict: 'kept', state: 'stale' })).toBe('unknown');
  expect(trustedVerdict({ verdict: 'kept', state: 'no_traffic' })).toBe('kept');
  expect(trustedVerdict({ verdict: 'broken', state: 'stale' })).toBe('broken');
});

test('tiles show a dash for what nobody knows', () => {
  const unknown = sampleStatus({ budget: sampleBudget(0, 0), burnRates: [] });
  const values = tilesOf(unknown, en, 'en-GB').map(({ value }) => value);
  expect(values.slice(0, 5)).toEqual(['–', '–', '–', '–', '–']);
});
