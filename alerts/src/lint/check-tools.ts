import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool, writeGeneratedFiles } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { generatedFiles } from '../generated/files.ts';
import { buildUnitTests } from '../unit-tests/build-unit-tests.ts';
import type { Finding } from '@sprout/lint';
import { runUnitTests } from './run-unit-tests.ts';

/**
 * What promtool and amtool object to: rules that do not load, unit tests that fail, routes that
 * do not load. Throws SproutError `TOOL_MISSING`.
 */
export async function checkWithTools(config: SproutConfig): Promise<Finding[]> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-alerts-'));
  try {
    writeGeneratedFiles(generatedFiles(config), directory);
    const promtool = findTool('promtool', config);
    const found = await Promise.all([
      check(promtool, ['check', 'rules', 'rules.yml'], directory),
      check(findTool('amtool', config), ['check-config', 'alertmanager.yml'], directory),
      runUnitTests(promtool, buildRules(config), buildUnitTests(config), directory),
    ]);
    return found.flat();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Tools that live for seconds need not collect garbage all the time, on every core at once. */
const leisurely = { GOGC: '400', GOMAXPROCS: '1' };

/** Runs a tool; its exit code other than 0 is a finding that quotes it. */
export async function check(
  tool: string,
  args: readonly string[],
  cwd: string,
): Promise<Finding[]> {
  const env = { ...process.env, ...leisurely };
  const child = spawn(tool, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: string) => void (said += chunk);
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return code === 0 ? [] : [{ check: 'tools', where: args.join(' '), message: said.trim() }];
}
