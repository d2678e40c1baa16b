import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findTool } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { runUnitTests } from '../lint/run-unit-tests.ts';
import { printRules } from '../rule/print.ts';
import { defaultConfig, withObjectives } from '../testing/config.ts';
import { mutated } from '../testing/mutants.ts';
import { buildUnitTests } from './build-unit-tests.ts';
import type { UnitTest, UnitTestFile } from './promtool-test.ts';

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

/** The tests that run, by file and by how their names begin; `alerts lint` runs all of them. */
type Chosen = readonly [file: string, name: string];
const fast: Chosen = ['ErrorBudgetBurnFast-30d', 'order-availability: quiet at 0.9'];
const gone: Chosen = ['ErrorBudgetBurnFast-30d', 'all objectives: fire'];
const few: Chosen = ['ErrorBudgetBurnFast-30d', 'order-availability: quiet with 9'];
const medium: Chosen = ['ErrorBudgetBurnMedium-30d', 'all objectives: wait'];
const long: Chosen = ['ErrorBudgetBurnMedium-30d', 'order-availability: quiet at 0.9'];
const target: Chosen = ['signals', 'TargetDown:'];
const cache: Chosen = ['signals', 'CacheFailing:'];
const route: Chosen = ['platform', 'RouteUnreachable order:'];
const left: Chosen = ['absence', 'TargetGone:'];
const silent: Chosen = ['absence', 'SignalsMissing of slo-service: quiet while the target'];
const watchdog: Chosen = ['platform', 'Watchdog:'];

/** What somebody could get wrong in a rule, and the tests that must notice. */
const mutants: readonly (readonly [
  what: string,
  from: RegExp | undefined,
  to: string,
  tests: Chosen,
])[] = [
  ['a threshold that is too high', / > 14\.4/g, ' > 16', fast],
  ['a threshold that is too low', / > 14\.4/g, ' > 12.9', fast],
  [
    'no short window, so that it does not resolve',
    / and slo:bad_events:rate5m\{.*?14\.4/g,
    '',
    gone,
  ],
  ['no guard for few events', / and slo:\S+ \* 3600 >= 10/g, '', few],
  ['a guard that asks for too much', />= 10/g, '>= 12', few],
  ['no look at the history', / and present_over_time\(.*\)$/gm, '', medium],
  ['a long window from the wrong recording', /rate6h\{/g, 'rate30m{', long],
  ['failures that are not counted', /server_error\|timeout/g, 'timeout', fast],
  ['another route', /route="order"/g, 'route="account"', fast],
  ['a bound that is not strict', /up < 1/g, 'up <= 1', target],
  ['a signal of another name', /cache_requests_total/g, 'cache_lookups_total', cache],
  ['all look-ups instead of the failed', /\{outcome="error"\}/g, '', cache],
  ['no `for`', undefined, '', cache],
  ['arrivals that are not looked at', / unless sum by \(route\).*? > 0/g, '', route],
  ['a route that is only being set up', / and max by \(route\).*$/gm, '', route],
  [
    'an instance that leaves',
    /group by \(service\) \((present_over_time\(up)/g,
    'group by (service, instance) ($1',
    left,
  ],
  ['a target that does not answer', / and group by \(service\) \(up == 1\)/g, '', silent],
  ['a watchdog that sleeps', /vector\(1\)/g, 'vector(1) < 1', watchdog],
];

test('promtool accepts the tests that the mutants below must fail', async () => {
  const chosen = new Set(mutants.map(([, , , tests]) => tests));
  const whole = files.map((file) => ({
    ...file,
    tests: [...chosen].flatMap((tests) => chosenOf(tests, file)),
  }));
  assert.deepEqual(await runUnitTests(promtool, groups, whole, directory), []);
});

for (const [what, from, to, tests] of mutants) {
  test(`the tests notice ${what}`, async () => {
    const changed = mutated(groups, { ...(from && { from }), to });
    assert.notEqual(printRules(changed), printRules(groups), 'the mutation changes something');
    const named = files.map((file) => ({ ...file, tests: chosenOf(tests, file) }));
    assert.notDeepEqual(
      named.flatMap((file) => file.tests),
      [],
    );
    const [finding] = await runUnitTests(promtool, changed, named, directory);
    assert.match(finding?.message ?? 'promtool was content', /FAILED/);
  });
}

const chosenOf = ([name, start]: Chosen, file: UnitTestFile): readonly UnitTest[] =>
  file.name === name ? file.tests.filter((one) => one.name.startsWith(start)) : [];
