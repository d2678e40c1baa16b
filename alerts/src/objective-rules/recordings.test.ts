import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findTool } from '@sprout/process';
import { check } from '../lint/check-tools.ts';
import { printRules } from '../rule/print.ts';
import { withObjectives } from '../testing/config.ts';
import { objectiveGroups } from './groups.ts';

test('recordings hold what recordings.promtool.yml says', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-recordings-'));
  try {
    const config = withObjectives('order-availability', 'order-latency');
    writeFileSync(join(directory, 'rules.yml'), printRules(objectiveGroups(config)));
    const cases = join(import.meta.dirname, 'recordings.promtool.yml');
    copyFileSync(cases, join(directory, 'tests.yml'));
    const promtool = findTool('promtool', config);
    assert.deepEqual(await check(promtool, ['test', 'rules', 'tests.yml'], directory), []);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
