import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { printScenario, sparkline } from './print-scenario.ts';
import { createScenarioTally } from './scenario-result.ts';
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  name: 'two',
  summary: '',
  mix: 'mixed',
  stages: [
    { name: 'calm', seconds: 1, rps: [2, 2] },
    { name: 'busy', seconds: 2, rps: [10, 10] },
  ],
};

test('bars stand for shares of the highest, blanks for nothing measured', () => {
  assert.equal(sparkline([0, 50, null, 100]), '▁▅ █');
  assert.equal(sparkline([0, 0]), '▁▁');
});

test('a request counts in the stage and the column it was due in, however late its answer', () => {
  const tally = createScenarioTally(scenario);
  tally.add({ outcome: 'ok', dueMs: 10, latencyMs: 2_500 });
  tally.add({ outcome: 'timeout', dueMs: 999, latencyMs: 9_000 });
  for (let ms = 1_000; ms < 3_000; ms += 100) {
    tally.add({ outcome: 'ok', dueMs: ms, latencyMs: 20 });
  }
  const result = tally.result(10_000);
  assert.deepEqual(
    result.stages.map(({ name, requests, offeredRps, errors }) => [
      name,
      requests,
      offeredRps,
      errors,
    ]),
    [
      ['calm', 2, 2, { timeout: 1 }],
      ['busy', 20, 10, {}],
    ],
  );
  assert.equal(result.total.requests, 22);
  assert.equal(result.chart.rps.length, 60);
  assert.equal(result.chart.errors[19], 1);
  const lines = printScenario(result).map(stripVTControlCharacters);
  assert.match(lines[1] ?? '', /^calm +2 +2 .* 50\.00 % +0\.00 % +1 timeout$/);
  assert.match(lines[3] ?? '', /^total/);
  assert.equal(lines.filter((line) => line.includes('▁')).length, 3);
});

test('a scenario that is ended early shows the stages it began', () => {
  const result = createScenarioTally(scenario).result(500);
  assert.deepEqual(
    result.stages.map(({ name }) => name),
    ['calm'],
  );
  assert.equal(result.chart.rps.length, 10);
});
