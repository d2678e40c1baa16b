import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createScenarioTally } from '../scenario/scenario-result.ts';
import { renderHtmlReport } from './html-report.ts';

const scenario = {
  name: 'a<b',
  summary: '',
  mix: 'mixed',
  stages: [{ name: '2 rps', seconds: 60, rps: [2, 2] }],
} as const;

function resultOf() {
  const tally = createScenarioTally(scenario);
  tally.add({ outcome: 'ok', latencyMs: 12, dueMs: 100 });
  tally.add({ outcome: 'timeout', latencyMs: 10_000, dueMs: 200 });
  return tally.result(60_000);
}

const figures = {
  incidents: 2,
  observedSeconds: 3_600,
  downSeconds: 360,
  mttrSeconds: 180,
  mttfSeconds: 1_620,
  mtbfSeconds: 1_800,
  timeAvailability: 0.9,
  eventAvailability: 0.98,
};
const when = { from: new Date(0), to: new Date(60_000) };

test('a page judges promises, stands beside the original, and needs no script', () => {
  const verdicts = [{ id: 'order-availability', target: 0.99, figures }];
  const page = renderHtmlReport({ result: resultOf(), ...when, verdicts, language: 'en' });
  assert.match(page, /a&#60;b/);
  assert.doesNotMatch(page, /<script|https?:\/\//);
  assert.match(page, /✗ broken<\/td><td>6.00<\/td><td>3.00<\/td><td>27.00<\/td><td>30.00/);
  assert.match(page, /1 timeout/);
  assert.match(page, /95.025 %/);
  assert.match(page, /here, worst promise \(order-availability\).*90.000 %/);
});

test('without an SLO service the page says so, in Korean too', () => {
  const result = resultOf();
  const page = renderHtmlReport({ result, ...when, verdicts: undefined, language: 'ko' });
  assert.match(page, /lang="ko"/);
  assert.match(page, /약속을 판정하지 못했습니다/);
});
