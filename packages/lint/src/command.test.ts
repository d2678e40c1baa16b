import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileConfig } from '@sprout/process';
import type { Finding } from './check.ts';
import { lintCommand } from './command.ts';

const config = compileConfig({ timeScale: 60, services: [], signals: [], objectives: [] }, '/');
const wrong: Finding = { check: 'promql-syntax', where: 'alert Broken', message: 'no PromQL' };

/** Lints with these findings and gives back the exit code and what was printed. */
async function lint(findings: readonly Finding[], json: boolean) {
  const printed: string[] = [];
  let timeScale = 0;
  const command = lintCommand({
    noun: 'alerts',
    summary: 'Check.',
    checks: [],
    run: (given) => {
      ({ timeScale } = given);
      return findings;
    },
  });
  const code = await command.run({
    values: { json },
    positionals: [],
    config: () => assert.fail('what runs is not looked at'),
    declared: async () => config,
    print: (line) => void printed.push(line),
    warn: () => undefined,
  });
  return { code, printed: printed.join('\n'), timeScale };
}

test('findings are printed with their page, and end with 3', async () => {
  const { code, printed, timeScale } = await lint([wrong], false);
  assert.deepEqual([code, timeScale], [3, 1]);
  assert.equal(printed, 'alert Broken: no PromQL (docs/lint/promql-syntax.md)');
  assert.deepEqual(JSON.parse((await lint([wrong], true)).printed), { findings: [wrong] });
});

test('no findings end with 0', async () => {
  assert.deepEqual(await lint([], false), {
    code: 0,
    printed: 'no findings; 0 checks',
    timeScale: 1,
  });
  assert.deepEqual(JSON.parse((await lint([], true)).printed), { findings: [] });
});
