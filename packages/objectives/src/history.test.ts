import assert from 'node:assert/strict';
import { it } from 'node:test';
import { declaredHistory, termsAt } from './history.ts';
import { rolling } from './window.ts';

const october = Date.parse('2026-10-01T00:00:00+09:00');
const november = Date.parse('2026-11-01T00:00:00+09:00');

const promised = {
  target: 0.99,
  window: rolling('30d'),
  sli: { slice: { goodRatioMin: 0.95 } },
  before: [
    { until: '2026-10-01T00:00:00+09:00', target: 0.9, window: rolling('7d') },
    { until: '2026-11-01T00:00:00+09:00', goodRatioMin: 0.8 },
  ],
};

it('what a former promise does not name was as it is now', () => {
  const present = { target: 0.99, window: rolling('30d'), thresholdSeconds: null };
  assert.deepEqual(declaredHistory(promised), [
    { ...present, target: 0.9, window: rolling('7d'), goodRatioMin: 0.95, fromMs: null },
    { ...present, goodRatioMin: 0.8, fromMs: october },
    { ...present, goodRatioMin: 0.95, fromMs: november },
  ]);
});

it('a former threshold is one of the terms', () => {
  const sli = { thresholdSeconds: 2 };
  const before = [{ until: '2026-10-01T00:00:00+09:00', withinMs: 3000 }];
  const history = declaredHistory({ ...promised, sli, before });
  assert.deepEqual(
    history.map(({ thresholdSeconds }) => thresholdSeconds),
    [3, 2],
  );
});

it('a promise ends with the instant it is named until', () => {
  const history = declaredHistory(promised);
  const at = (ms: number) => history.indexOf(termsAt(history, ms));
  assert.deepEqual([0, october - 1, october, november - 1, november].map(at), [0, 0, 1, 1, 2]);
});
