import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { testChecks } from '@sprout/lint/testing';
import { atom } from '@sprout/query';
import { buildRules } from '../build-rules.ts';
import { alertsIn } from '../rule/rule.ts';
import type { AlertRule } from '../rule/rule.ts';
import { defaultConfig, fullConfig } from '../testing/config.ts';
import { checkWithTools } from './check-tools.ts';
import { ruleChecks } from './checks/all.ts';
import { lint, lintRules, runbooksDirectory } from './lint.ts';

const groups = buildRules(defaultConfig);
const [some] = alertsIn(groups);
assert.ok(some);

testChecks(ruleChecks);

const groupOf = (...rules: AlertRule[]) => [{ name: 'g', intervalSeconds: 15, rules }];
const found = (...rules: AlertRule[]) =>
  lintRules(defaultConfig, groupOf(...rules)).map(({ check, message }) => `${check}: ${message}`);

test('nothing is wrong with the alerts, whatever is watched', () => {
  assert.deepEqual(lint(defaultConfig), []);
  assert.deepEqual(lint(fullConfig), []);
});

test('promtool and amtool agree', async () => {
  assert.deepEqual(await checkWithTools(fullConfig), []);
});

test('a metric that no signal has, and a label that is not there, are found', () => {
  const wrong = { ...some, expr: atom('sum by (rout) (rate(gateway_requests_total[5m])) > 1') };
  assert.ok(found(wrong).includes('promql-series: there is no metric gateway_requests_total'));
  const metric = 'gateway_request_duration_seconds_count';
  const lost = { ...some, expr: atom(`sum by (rout) (rate(${metric}[5m])) > 1`) };
  assert.ok(found(lost).includes('promql-aggregate: there is no label rout to group by'));
});

test('an alert that nobody tests, has no runbook and twice the same name is found', () => {
  const wrong = { ...some, alert: 'Nobody', expr: atom('max(up) == 0') };
  assert.deepEqual(
    found(wrong, wrong).map((line) => line.split(':')[0]),
    ['alert-tested', 'alert-tested', 'alert-runbook', 'alert-runbook', 'rule-duplicate'],
  );
});

test('runbooks belong to alerts, and their links lead somewhere', () => {
  const names = new Set(alertsIn(buildRules(fullConfig)).map(({ alert }) => `${alert}.md`));
  for (const file of readdirSync(runbooksDirectory)) {
    assert.ok(names.has(file), `${file} belongs to no alert`);
    const path = join(runbooksDirectory, file);
    for (const [, link] of readFileSync(path, 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      assert.ok(existsSync(join(dirname(path), link ?? '')), `${file}: ${link}`);
    }
  }
});
