import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rolling } from '@sprout/objectives';
import { findTool } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { runUnitTests } from '../lint/run-unit-tests.ts';
import type { RuleGroup } from '../rule/rule.ts';
import { withObjectives } from '../testing/config.ts';
import { mutated } from '../testing/mutants.ts';
import { buildUnitTests } from './build-unit-tests.ts';

type Sli = SproutConfig['objectives'][number]['sli'];

const market = withObjectives('order-availability', 'order-latency');
const [availability, latency] = market.objectives;
assert.ok(availability && latency);

/** Slices from a minute to an hour, of events and of scrapes, beside promises on the same events. */
const slices = [
  sliced('answered', availability.sli, 0.95, 5),
  sliced('in-time', latency.sli, 0.99, 60),
  sliced('running', { kind: 'events', valid: [], up: ['order'] }, 0.5, 1),
  sliced('all-running', { kind: 'events', valid: [], up: ['order', 'product'] }, 0.99, 10),
];
const config = { ...market, objectives: [availability, latency, ...slices], probes: [] };
const groups = buildRules(config);
/** One pair that fires on a young stack, one that waits for history. */
const files = buildUnitTests(config).filter(({ name }) =>
  /^ErrorBudgetBurn(Fast|Medium)/.test(name),
);
const promtool = findTool('promtool', config);
let directory: string;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'sprout-slices-'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

const verdict = (rules: readonly RuleGroup[], wanted = files) =>
  runUnitTests(promtool, rules, wanted, directory);

test('alerts on slices of any length fire, stay quiet just below, resolve and go with their data', async () => {
  const tested = new Set(
    files.flatMap(({ tests }) => tests.map(({ name }) => name.split(':')[0] ?? '')),
  );
  assert.deepEqual(
    slices.map(({ id }) => id).filter((id) => !tested.has(id)),
    [],
  );
  assert.deepEqual(await verdict(groups), []);
});

for (const [what, of, from, to] of [
  ['a slice that may lose more', 'answered', / > bool 0\.05/g, ' > bool 0.06'],
  ['a slice that may lose less', 'answered', / > bool 0\.05/g, ' > bool 0.04'],
  ['scrapes of another service', 'running', /service=~"order"/g, 'service=~"account"'],
  ['a target less that must answer', 'running', / < bool 0\.5/g, ' < bool 0.4'],
] as const) {
  test(`the tests notice ${what}`, async () => {
    const fast = files.slice(0, 1).map((file) => ({
      ...file,
      tests: file.tests.filter(({ name }) => name.startsWith(`${of}:`)),
    }));
    assert.notDeepEqual(fast, []);
    const [finding] = await verdict(mutated(groups, { from, to }), fast);
    assert.match(finding?.message ?? 'promtool was content', /FAILED/);
  });
}

function sliced(id: string, sli: Sli, goodRatioMin: number, minutes: number) {
  assert.ok(availability);
  const slice = { goodRatioMin, minutes, noTraffic: 'skip' as const };
  const { thresholdSeconds: _, ...events } = sli;
  return {
    ...availability,
    id,
    window: rolling('30d'),
    target: 0.99,
    sli: { ...events, kind: 'time-slice' as const, slice },
  };
}
