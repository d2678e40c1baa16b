import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { rolling } from '@sprout/objectives';
import { findTool } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { check } from '../lint/check-tools.ts';
import { printRules } from '../rule/print.ts';
import { defaultConfig, withObjectives } from '../testing/config.ts';
import { objectiveGroups } from './groups.ts';

test('recordings hold what recordings.promtool.yml says', () =>
  hold('recordings.promtool.yml', withObjectives('order-availability', 'order-latency')));

test('time slices are recorded and alert as slices.promtool.yml says; composites do neither', () => {
  const [availability] = withObjectives('order-availability').objectives;
  assert.ok(availability);
  const declared = { ...availability, window: rolling('30d'), target: 0.99 };
  const slice = { goodRatioMin: 0.95, minutes: 1, noTraffic: 'skip' as const };
  const answering = {
    ...declared,
    id: 'answering',
    sli: { ...declared.sli, kind: 'time-slice' as const, slice },
  };
  const quietIsGood = { ...slice, noTraffic: 'good' as const };
  const quiet = { ...answering, id: 'quiet', sli: { ...answering.sli, slice: quietIsGood } };
  const running = {
    ...declared,
    id: 'running',
    sli: {
      kind: 'time-slice' as const,
      valid: [],
      up: ['order'],
      slice: { ...slice, goodRatioMin: 0.5 },
    },
  };
  const composite = { rule: 'all' as const, of: ['running'], unmeasured: 'unknown' as const };
  const both = {
    ...declared,
    id: 'both',
    alerts: false,
    sli: { kind: 'composite' as const, valid: [], composite },
  };
  const objectives = [answering, quiet, running, both];
  return hold('slices.promtool.yml', { ...defaultConfig, objectives });
});

async function hold(cases: string, config: SproutConfig): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-recordings-'));
  try {
    writeFileSync(join(directory, 'rules.yml'), printRules(objectiveGroups(config)));
    copyFileSync(join(import.meta.dirname, cases), join(directory, 'tests.yml'));
    const promtool = findTool('promtool', config);
    assert.deepEqual(await check(promtool, ['test', 'rules', 'tests.yml'], directory), []);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
