import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { createScenarioTally } from '../scenario/scenario-result.ts';
import { renderHtmlReport } from './html-report.ts';
import { judgementJson, printJudgement } from './print-judgement.ts';
import type { Language } from './words.ts';

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
const when = { from: new Date(0), to: new Date(60_000), cacheHitRatio: undefined };

test('a page judges promises, stands beside the original, and needs no script', () => {
  const promises = [{ id: 'order-availability', target: 0.99, figures }];
  const judgement = {
    ...when,
    verdicts: { state: 'judged', promises },
    cacheHitRatio: 0.871,
  } as const;
  const page = renderHtmlReport({ result: resultOf(), ...judgement, language: 'en' });
  const lines = printJudgement(judgement).map(stripVTControlCharacters);
  assert.equal(lines[0], 'cache      87.1 % of look-ups hit (promised 85 %)');
  assert.match(
    lines[3] ?? '',
    /^order-availability +99 % +98 % +6.00 min +3.00 min +27.00 min +30.00 min  ✗ broken$/,
  );
  assert.equal(judgementJson(judgement).verdicts.promises[0]?.kept, false);
  assert.match(page, /87.100 % \(promised 85.000 %\)/);
  assert.match(page, /a&#60;b/);
  assert.doesNotMatch(page, /<script|https?:\/\//);
  assert.match(page, /✗ broken<\/td><td>6.00<\/td><td>3.00<\/td><td>27.00<\/td><td>30.00/);
  assert.match(page, /1 timeout/);
  assert.match(page, /95.025 %/);
  assert.match(page, /here, worst promise \(order-availability\).*90.000 %/);
});

test('a load that nobody judged says why, in Korean too', () => {
  const page = (state: 'silent' | 'elsewhere', language: Language) =>
    renderHtmlReport({ result: resultOf(), ...when, verdicts: { state }, language });
  assert.match(page('silent', 'ko'), /lang="ko"[^]*SLO 서비스가 응답하지 않아/);
  assert.match(page('elsewhere', 'ko'), /다른 게이트웨이/);
  assert.doesNotMatch(page('elsewhere', 'en'), /No SLO service answered/);
  const lines = printJudgement({ ...when, verdicts: { state: 'elsewhere' } });
  assert.match(lines.join(), /not judged: the load went to another gateway/);
});
