import { join } from 'node:path';
import type { SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { buildUnitTests } from '../unit-tests/build-unit-tests.ts';
import { checkAlerts } from './check-alerts.ts';
import { checkNames } from './check-names.ts';
import { checkWithTools } from './check-tools.ts';
import type { Finding } from './finding.ts';

/** The runbooks of this folder. */
export const runbooksDirectory: string = join(import.meta.dirname, '../../runbooks');

/** Everything that is wrong with the alerts of a configuration. */
export async function lint(config: SproutConfig): Promise<Finding[]> {
  const groups = buildRules(config);
  return [
    ...checkNames(config, groups),
    ...checkAlerts(groups, buildUnitTests(config), runbooksDirectory),
    ...(await checkWithTools(config)),
  ];
}
