import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rolling } from '@sprout/objectives';
import { findTool } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { runUnitTests } from '../lint/run-unit-tests.ts';
import { withObjectives } from '../testing/config.ts';
import { mutated } from '../testing/mutants.ts';
import { buildUnitTests } from './build-unit-tests.ts';

const market = withObjectives('order-availability');
const [monthly] = market.objectives;
assert.ok(monthly);

/** Promises on the same events: of a week and of a month, and a stricter one. */
const config = {
  ...market,
  probes: [],
  objectives: [
    monthly,
    { ...monthly, id: 'weekly', window: rolling('7d') },
    { ...monthly, id: 'strict', target: 0.999 },
  ],
};
const groups = buildRules(config);
const files = buildUnitTests(config).filter(({ name }) =>
  ['ErrorBudgetBurnFast-30d', 'ErrorBudgetBurnMedium-7d'].includes(name),
);
const promtool = findTool('promtool', config);
let directory: string;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'sprout-shared-'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

const verdict = (rules = groups, wanted = files) =>
  runUnitTests(promtool, rules, wanted, directory);

test('promises of other periods and targets on the same events are foreseen too', async () => {
  assert.equal(files.length, 2);
  assert.deepEqual(await verdict(), []);
});

test('the tests of one notice what is wrong with another', async () => {
  const ofMonthly = files.slice(0, 1).map((file) => ({ ...file, tests: file.tests.slice(0, 1) }));
  // 14 minutes are 1/720 of a week.
  const changed = mutated(groups, { from: /(rate14m\{.*?) > 14\.4/g, to: '$1 > 16' });
  const [finding] = await verdict(changed, ofMonthly);
  assert.match(finding?.message ?? 'promtool was content', /FAILED/);
});
