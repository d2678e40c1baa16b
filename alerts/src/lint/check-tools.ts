import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool, writeGeneratedFiles } from '@sprout/process';
import type { GeneratedFiles, SproutConfig } from '@sprout/process';
import type { Finding } from './finding.ts';

/**
 * What promtool and amtool object to in generated files: rules that do not load, unit tests that
 * fail, routes that do not load. Throws SproutError `TOOL_MISSING`.
 */
export async function checkWithTools(
  files: GeneratedFiles,
  config: Pick<SproutConfig, 'tools'>,
): Promise<Finding[]> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-alerts-'));
  try {
    writeGeneratedFiles(files, directory);
    const promtool = findTool('promtool', config);
    const tests = [...files.keys()].filter((path) => path.startsWith('tests/'));
    const checks = [
      () => check(promtool, ['check', 'rules', 'rules.yml'], directory),
      () => check(findTool('amtool', config), ['check-config', 'alertmanager.yml'], directory),
      ...tests.map((path) => () => check(promtool, ['test', 'rules', path], directory)),
    ];
    return await inPairs(checks);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Two at a time: promtool keeps one core busy. */
async function inPairs(checks: readonly (() => Promise<Finding[]>)[]): Promise<Finding[]> {
  const open = [...checks];
  const findings: Finding[] = [];
  const worker = async () => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      findings.push(...(await next()));
    }
  };
  await Promise.all([worker(), worker()]);
  return findings;
}

/** Runs a tool; its exit code other than 0 is a finding that quotes it. */
export async function check(
  tool: string,
  args: readonly string[],
  cwd: string,
): Promise<Finding[]> {
  const child = spawn(tool, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: string) => void (said += chunk);
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return code === 0 ? [] : [{ where: args.join(' '), message: said.trim() }];
}
