import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { sampleStatus } from '../objective/sample-status.ts';
import { costSentence, firstStep, whySentence } from './explain.ts';
import { samplePage } from './sample-page.ts';

const database = sampleStatus({ id: 'order-db', verdict: 'broken', dependsOn: [] });
const trace = { traceId: 'abc', url: '/trace/abc' };

test('why names the window, the burn rate and the threshold', () => {
  const touched = { id: 'order-latency', burnRate: 18.2, threshold: 14.4, window: '1h' };
  expect(whySentence(touched, 'order-latency', en, 'en-GB')).toBe(
    'Over the last 1 hour, order-latency spent its budget 18.2× as fast as allowed; ' +
      'the alert fires from 14.4×.',
  );
  const silent = { ...touched, burnRate: null };
  expect(whySentence(silent, 'order-latency', en, 'en-GB')).toBe(
    'The promise order-latency was burning its budget too fast.',
  );
});

test('the cost is a share of the budget, or honestly unknown', () => {
  const spent = { objective: 'order-latency', fraction: 0.043, asOf: '2026-11-23T12:00:00.000Z' };
  expect(costSentence(spent, 'it', en).replaceAll('\u00a0', ' ')).toBe(
    '4.3 % of the budget of it is spent.',
  );
  expect(costSentence({ ...spent, fraction: null }, 'it', en)).toBe(en.costUnknown);
});

test('the first step is a failing dependency, then a trace, the runbook, the logs', () => {
  const page = samplePage({ exampleTrace: trace, runbookUrl: '/runbook' });
  const step = firstStep(page, [sampleStatus(), database]);
  expect(step).toEqual({ kind: 'dependency', failing: [database] });
  expect(firstStep(page, [sampleStatus()]).kind).toBe('trace');
  expect(firstStep(samplePage({ runbookUrl: '/runbook' }), []).kind).toBe('runbook');
  expect(firstStep(samplePage(), []).kind).toBe('logs');
});

test('a dependency that is kept is not suspected', () => {
  const kept = { ...database, verdict: 'kept' as const };
  expect(firstStep(samplePage(), [sampleStatus(), kept]).kind).toBe('logs');
});
