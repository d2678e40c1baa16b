import { portOf } from '@sprout/process';
import type { GeneratedFiles, SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { alertmanagerConfig, webhookPath } from '../routing/alertmanager-config.ts';
import { notificationTemplate, templateFile } from '../notifications/template.ts';
import { printRules } from '../rule/print.ts';
import { buildUnitTests } from '../unit-tests/build-unit-tests.ts';
import { printUnitTests } from '../unit-tests/promtool-test.ts';

/** Where the SLO service listens when the configuration leaves it open. */
const usualPort = 7070;

/**
 * Everything that is generated from a configuration: path below the output folder → text. Pure;
 * equal configurations give equal bytes.
 */
export function generatedFiles(config: SproutConfig): GeneratedFiles {
  const port = portOf(config, 'slo-service') || usualPort;
  const webhookUrl = `http://${config.host}:${port}${webhookPath}`;
  return new Map([
    ['rules.yml', printRules(buildRules(config))],
    ['alertmanager.yml', alertmanagerConfig(config, webhookUrl)],
    [templateFile, notificationTemplate(config.alerts)],
    ...buildUnitTests(config).map(
      (file) => [`tests/${file.name}.yml`, printUnitTests(file, '../rules.yml')] as const,
    ),
  ]);
}
