import { expect, test } from 'vitest';
import { sampleStatus } from '../objective/sample-status.ts';
import { windowPair } from './window-pair.ts';

test('an alert over an hour watches five minutes too', () => {
  const { burnRates } = sampleStatus();
  const pair = windowPair({ window: '1h', threshold: 14.4 }, '30d', burnRates);
  expect([pair?.long?.window, pair?.short?.window, pair?.threshold]).toEqual(['1h', '5m', 14.4]);
});

test('an alert without a window has no pair', () => {
  expect(windowPair({ window: null, threshold: null }, '30d', [])).toBe(undefined);
  expect(windowPair({ window: '17m', threshold: 1 }, '30d', [])).toBe(undefined);
});
