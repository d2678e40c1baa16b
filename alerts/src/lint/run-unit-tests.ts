import { join } from 'node:path';
import type { Finding } from '@sprout/lint';
import { writeGeneratedFiles } from '@sprout/process';
import { printRules } from '../rule/print.ts';
import type { RuleGroup } from '../rule/rule.ts';
import { printUnitTests } from '../unit-tests/promtool-test.ts';
import type { UnitTestFile } from '../unit-tests/promtool-test.ts';
import { check } from './check-tools.ts';
import { neededRules } from './needed-rules.ts';

/** promtool keeps one core busy. */
const processes = 2;

/**
 * What promtool says against unit tests of rules; empty when all pass. Every test runs with the
 * rules that can say something in it, and few processes run all of them.
 */
export async function runUnitTests(
  promtool: string,
  groups: readonly RuleGroup[],
  files: readonly UnitTestFile[],
  directory: string,
): Promise<Finding[]> {
  const cases = files.flatMap((file) =>
    file.tests.map((test, index) => ({ file, test, name: `${file.name}-${index + 1}` })),
  );
  const written = cases.flatMap(({ file, test, name }) => [
    [`${name}.rules.yml`, printRules(neededRules(groups, test))] as const,
    [`${name}.yml`, printUnitTests({ ...file, tests: [test] }, `${name}.rules.yml`)] as const,
  ]);
  const place = join(directory, 'unit-tests');
  writeGeneratedFiles(new Map(written), place);
  const shares = Array.from({ length: processes }, (_, process) =>
    cases.filter((_case, index) => index % processes === process).map(({ name }) => `${name}.yml`),
  ).filter((names) => names.length > 0);
  const found = await Promise.all(
    shares.map((names) => check(promtool, ['test', 'rules', ...names], place)),
  );
  return found
    .flat()
    .map(({ message }) => ({ check: 'tools', where: 'unit tests', message: failures(message) }));
}

/** promtool names each file; those that passed are of no interest. */
const failures = (said: string): string =>
  said
    .split(/(?=^Unit Testing: )/m)
    .filter((part) => !/^\s*SUCCESS/m.test(part))
    .join('')
    .trim();
