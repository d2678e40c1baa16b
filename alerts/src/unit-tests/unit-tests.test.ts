import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findTool } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { runUnitTests } from '../lint/run-unit-tests.ts';
import { printRules } from '../rule/print.ts';
import type { RuleGroup } from '../rule/rule.ts';
import { defaultConfig, withObjectives } from '../testing/config.ts';
import { mutated } from '../testing/mutants.ts';
import { buildUnitTests } from './build-unit-tests.ts';

/** One user-facing objective of each kind; the rest of the rules only cost time. */
const config = {
  ...withObjectives('order-availability', 'order-latency'),
  probes: defaultConfig.probes.filter(({ route }) => route === 'order'),
};
const groups = buildRules(config);
const files = buildUnitTests(config);
const promtool = findTool('promtool', config);
let directory: string;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'sprout-mutants-'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

const fast = 'ErrorBudgetBurnFast-30d';
const medium = 'ErrorBudgetBurnMedium-30d';
const signals = 'signals';
const platform = 'platform';

/** What somebody could get wrong in a rule, and the tests that must notice. */
const mutants: readonly (readonly [
  what: string,
  from: RegExp | undefined,
  to: string,
  tests: string,
])[] = [
  ['a threshold that is too high', / > 14\.4/g, ' > 16', fast],
  ['a threshold that is too low', / > 14\.4/g, ' > 12.9', fast],
  [
    'no short window, so that it does not resolve',
    / and slo:bad_events:rate5m\{.*?14\.4/g,
    '',
    fast,
  ],
  ['no guard for few events', / and slo:\S+ \* 3600 >= 10/g, '', fast],
  ['a guard that asks for too much', />= 10/g, '>= 12', fast],
  ['no look at the history', / and present_over_time\(.*\)$/gm, '', medium],
  ['a long window from the wrong recording', /rate6h\{/g, 'rate30m{', medium],
  ['failures that are not counted', /server_error\|timeout/g, 'timeout', fast],
  ['another route', /route="order"/g, 'route="account"', fast],
  ['a bound that is not strict', /up < 1/g, 'up <= 1', signals],
  ['a signal of another name', /cache_requests_total/g, 'cache_lookups_total', signals],
  ['all look-ups instead of the failed', /\{outcome="error"\}/g, '', signals],
  ['no `for`', undefined, '', signals],
  ['arrivals that are not looked at', / unless sum by \(route\).*? > 0/g, '', platform],
  ['a route that is only being set up', / and max by \(route\).*$/gm, '', platform],
  ['a watchdog that sleeps', /vector\(1\)/g, 'vector(1) < 1', platform],
];

test('promtool accepts the generated tests of the generated rules', async () => {
  for (const name of [fast, medium, signals, platform]) {
    assert.deepEqual(await verdict(groups, name), [], name);
  }
});

for (const [what, from, to, tests] of mutants) {
  test(`the tests notice ${what}`, async () => {
    const changed = mutated(groups, { ...(from && { from }), to });
    assert.notEqual(printRules(changed), printRules(groups), 'the mutation changes something');
    const [finding] = await verdict(changed, tests);
    assert.match(finding?.message ?? 'promtool was content', /FAILED/);
  });
}

function verdict(rules: readonly RuleGroup[], name: string) {
  const named = files.filter((file) => file.name === name);
  return runUnitTests(promtool, rules, named, directory);
}
