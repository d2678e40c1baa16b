import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { sampleBudget, sampleStatus } from './sample-status.ts';
import { promiseName, sentence } from './sentence.ts';

const english = (changes: Partial<ObjectiveStatus>) =>
  sentence(sampleStatus(changes), en, 'en-GB').replaceAll('\u00a0', ' ');

test('a kept promise says how much is left and for how long', () => {
  expect(english({})).toBe(
    'Orders: 99.23 % of 1.2M requests were answered well within 2 seconds, promised 99 %; ' +
      '23 % of the budget of 30 days is left and lasts 9 days at this pace.',
  );
});

test('a calm promise says that nothing spends its budget', () => {
  expect(english({ kind: 'availability', thresholdSeconds: null, secondsToExhaustion: null })).toBe(
    'Orders: 99.23 % of 1.2M requests were answered, promised 99 %; ' +
      '23 % of the budget of 30 days is left and nothing is spending it right now.',
  );
});

test('a budget that outlives the window does not pretend to know when it ends', () => {
  expect(english({ secondsToExhaustion: 400 * 86_400 })).toContain(
    'lasts beyond its end at this pace.',
  );
});

test('an overspent budget is said in events', () => {
  expect(english({ budget: sampleBudget(100_000, 1500), verdict: 'broken' })).toBe(
    'Orders: 98.5 % of 100K requests were answered well within 2 seconds, promised 99 %; ' +
      'the budget of 30 days is overspent by 500 bad events.',
  );
});

test('a budget spent to the last event is neither left nor overspent', () => {
  expect(english({ budget: sampleBudget(1000, 10) })).toContain(
    'promised 99 %; the budget of 30 days is used up to the last event.',
  );
});

test('what is not seen by users is an operation, with its threshold in milliseconds', () => {
  expect(english({ pages: false, pageGroup: 'order-db', thresholdSeconds: 0.3 })).toContain(
    '1.2M operations ended well within 300 ms',
  );
});

test('without events nothing is claimed', () => {
  expect(english({ budget: sampleBudget(0, 0), verdict: 'unknown' })).toBe(en.sentenceUnknown);
});

test('the sentence is told in Korean', () => {
  expect(sentence(sampleStatus({ name: '주문' }), ko, 'ko-KR').replaceAll('\u00a0', ' ')).toBe(
    '주문: 요청 120만건 중 99.23 %가 2초 안에 정상 응답되었습니다(약속 99 %). ' +
      '30일 예산은 23 % 남았고, 지금 속도라면 9일 동안 유지됩니다.',
  );
});

test('a row is headed by what its owner calls it, else by its route, else by its title', () => {
  expect(promiseName(sampleStatus(), en)).toBe('Orders · answered well in time');
  expect(promiseName(sampleStatus({ name: null }), ko)).toBe('Order · 제때 정상 응답');
  const queries = { name: null, pageGroup: 'order-db', title: 'queries are fast' };
  expect(promiseName(sampleStatus(queries), en)).toBe('queries are fast');
  expect(promiseName(sampleStatus({ ...queries, name: 'Database' }), en)).toBe(
    'Database · done well in time',
  );
});

test('a calendar month is named in its own zone', () => {
  const budget = {
    ...sampleBudget(1_204_331, 9273),
    from: '2026-10-31T15:00:00.000Z',
    to: '2026-11-23T12:00:00.000Z',
  };
  expect(english({ budget, window: 'month@Asia/Seoul' })).toContain(
    '23 % of November’s budget is left and lasts 9 days at this pace.',
  );
  const quarter = english({ budget, window: 'quarter@Asia/Seoul' });
  expect(quarter).toContain('the budget of quarter 4');
});

test('excluded time does not count in the sentence, as it does not in the verdict', () => {
  const adjusted = { ...sampleBudget(1000, 0), excludedMinutes: 5, exclusions: ['x'] };
  expect(english({ budget: { ...sampleBudget(1000, 30), adjusted } })).toContain('100 % of');
});
