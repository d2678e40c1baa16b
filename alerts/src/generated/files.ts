import { readFileSync, readdirSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { portOf } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { alertmanagerConfig, webhookPath } from '../routing/alertmanager-config.ts';
import { printRules } from '../rule/print.ts';
import { buildUnitTests } from '../unit-tests/build-unit-tests.ts';
import { printUnitTests } from '../unit-tests/promtool-test.ts';

/** Where the SLO service listens when the configuration leaves it open. */
const usualPort = 7070;

/**
 * Everything that is generated from a configuration: path below the output folder → text. Pure;
 * equal configurations give equal bytes.
 */
export function generatedFiles(config: SproutConfig): ReadonlyMap<string, string> {
  const port = portOf(config, 'slo-service') || usualPort;
  const webhookUrl = `http://${config.host}:${port}${webhookPath}`;
  return new Map([
    ['rules.yml', printRules(buildRules(config))],
    ['alertmanager.yml', alertmanagerConfig(config, webhookUrl)],
    ...buildUnitTests(config).map(
      (file) => [`tests/${file.name}.yml`, printUnitTests(file, '../rules.yml')] as const,
    ),
  ]);
}

/** Writes the files and removes what is no longer generated. */
export function writeFiles(files: ReadonlyMap<string, string>, directory: string): void {
  for (const stale of filesIn(directory).filter((path) => !files.has(path))) {
    rmSync(join(directory, stale));
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** The files that stand in a folder, as `generatedFiles` would name them. */
export function readFiles(directory: string): ReadonlyMap<string, string> {
  return new Map(
    filesIn(directory).map((path) => [path, readFileSync(join(directory, path), 'utf8')]),
  );
}

function filesIn(directory: string): string[] {
  mkdirSync(directory, { recursive: true });
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .toSorted();
}
