import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { queryChecks, runChecks } from '@sprout/lint';
import type { Finding } from '@sprout/lint';
import type { SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import type { RuleGroup } from '../rule/rule.ts';
import { buildUnitTests } from '../unit-tests/build-unit-tests.ts';
import { ruleChecks } from './checks/all.ts';
import { knownLabels } from './known.ts';
import { nameOf } from './rule-name.ts';

/** The runbooks of this folder. */
export const runbooksDirectory: string = join(import.meta.dirname, '../../runbooks');

/** The checks of rules, and those of their expressions. */
export const alertChecks = [...queryChecks, ...ruleChecks];

/** Everything that is wrong with the rules of a configuration, without promtool. */
export function lint(config: SproutConfig): Finding[] {
  return lintRules(config, buildRules(config));
}

/** The same for rules that were built before. */
export function lintRules(config: SproutConfig, groups: readonly RuleGroup[]): Finding[] {
  const known = knownLabels(config, groups);
  const queries = groups.flatMap(({ rules, intervalSeconds }) =>
    rules.map((rule) => ({
      where: nameOf(rule),
      expr: rule.expr.text,
      use: rule.kind,
      everySeconds: intervalSeconds,
    })),
  );
  const others = [...(known.recordings?.keys() ?? []), 'ALERTS'];
  return [
    ...runChecks(queryChecks, { queries, known, others }),
    ...runChecks(ruleChecks, {
      groups,
      tests: buildUnitTests(config),
      runbooks: runbooksIn(runbooksDirectory),
      known,
    }),
  ];
}

const runbooksIn = (directory: string): Map<string, string> =>
  new Map(
    readdirSync(directory).map((file) => [
      file.replace(/\.md$/, ''),
      readFileSync(join(directory, file), 'utf8'),
    ]),
  );
