import type { SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { alertsIn } from '../rule/rule.ts';
import { burnTestFiles } from './burn-tests.ts';
import { platformTestFiles } from './platform-tests.ts';
import type { UnitTestFile } from './promtool-test.ts';
import { signalTestFiles } from './signal-tests.ts';

/** promtool unit tests of every alert of a configuration; see `printUnitTests`. */
export function buildUnitTests(config: SproutConfig): UnitTestFile[] {
  const groups = buildRules(config);
  const groupOrder = groups.map(({ name }) => name);
  return [
    ...burnTestFiles(config, alertsIn(groups), groupOrder),
    ...signalTestFiles(config, groupOrder),
    ...platformTestFiles(config, groupOrder),
  ];
}
