import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { atom } from '@sprout/query';
import { buildRules } from '../build-rules.ts';
import { alertsIn } from '../rule/rule.ts';
import type { AlertRule } from '../rule/rule.ts';
import { defaultConfig } from '../testing/config.ts';
import { buildUnitTests } from '../unit-tests/build-unit-tests.ts';
import { checkAlerts } from './check-alerts.ts';
import { checkNames } from './check-names.ts';
import { lint, runbooksDirectory } from './lint.ts';

const groups = buildRules(defaultConfig);
const tests = buildUnitTests(defaultConfig);
const [some] = alertsIn(groups);
assert.ok(some);

const groupOf = (...rules: AlertRule[]) => [{ name: 'g', intervalSeconds: 15, rules }];
const messages = (findings: readonly { message: string }[]) => findings.map((f) => f.message);

test('nothing is wrong with the alerts, promtool and amtool agree', async () => {
  assert.deepEqual(await lint(defaultConfig), []);
});

test('a metric or label that no signal has is found', () => {
  const wrong = { ...some, expr: atom('sum by (rout) (gateway_requests_total) > 1') };
  assert.deepEqual(messages(checkNames(defaultConfig, groupOf(wrong))), [
    'no signal has metric gateway_requests_total',
    'no signal has label rout',
  ]);
});

test('an expression that does not parse is found', () => {
  const wrong = { ...some, expr: atom('sum(up') };
  assert.deepEqual(messages(checkNames(defaultConfig, groupOf(wrong))), [
    'the expression ends too early',
  ]);
});

test('a value in a label, and two alerts nobody can tell apart, are found', () => {
  const labels = { ...some.labels, burn: '{{ $value }}' };
  const wrong = { ...some, labels };
  assert.deepEqual(messages(checkAlerts(groupOf(wrong, wrong), tests, runbooksDirectory)), [
    'label burn holds a value',
    'label burn holds a value',
    'two rules have the same name and labels',
  ]);
});

test('an alert without a test or without a whole runbook is found', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-runbooks-'));
  try {
    writeFileSync(join(directory, 'Half.md'), '# Half\n\n## Meaning\n');
    const wrong = [
      { ...some, alert: 'Half' },
      { ...some, alert: 'None' },
    ];
    const found = messages(checkAlerts(groupOf(...wrong), tests, directory));
    assert.equal(found.filter((message) => message === 'no unit test fires it').length, 2);
    assert.match(found.join('\n'), /Half\.md needs "# Half"/);
    assert.match(found.join('\n'), /there is no runbook .*None\.md/);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('runbooks belong to alerts, and their links lead somewhere', () => {
  const names = new Set(alertsIn(groups).map(({ alert }) => `${alert}.md`));
  for (const file of readdirSync(runbooksDirectory)) {
    assert.ok(names.has(file), `${file} belongs to no alert`);
    const path = join(runbooksDirectory, file);
    for (const [, link] of readFileSync(path, 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      assert.ok(existsSync(join(dirname(path), link ?? '')), `${file}: ${link}`);
    }
  }
});
