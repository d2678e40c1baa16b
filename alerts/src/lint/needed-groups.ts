import { namesIn } from '@sprout/query';
import { alertsIn } from '../rule/rule.ts';
import type { RuleGroup } from '../rule/rule.ts';
import type { UnitTestFile } from '../unit-tests/promtool-test.ts';

/**
 * The groups that decide whether the tests of a file pass: those of its alerts, and those that
 * record what they read. promtool evaluates every rule it is given at every step of every test.
 */
export function neededGroups(groups: readonly RuleGroup[], file: UnitTestFile): RuleGroup[] {
  const names = new Set(
    file.tests.flatMap(({ expectations }) => expectations.map(({ alertname }) => alertname)),
  );
  const needed = new Set(
    groups.filter((group) => alertsIn([group]).some(({ alert }) => names.has(alert))),
  );
  // A set may grow while it is walked: what is added is visited too.
  for (const group of needed) for (const source of sourcesOf(group, groups)) needed.add(source);
  return groups.filter((group) => needed.has(group));
}

function sourcesOf(group: RuleGroup, groups: readonly RuleGroup[]): RuleGroup[] {
  const read = new Set(group.rules.flatMap(({ expr }) => namesIn(expr.text).metrics));
  return groups.filter(({ rules }) =>
    rules.some((rule) => rule.kind === 'recording' && read.has(rule.record)),
  );
}
