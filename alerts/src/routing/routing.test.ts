import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findTool } from '@sprout/process';
import { parse } from 'yaml';
import { defaultConfig, withChange } from '../testing/config.ts';
import { notificationTemplate, templateFile } from '../notifications/template.ts';
import { alertmanagerConfig } from './alertmanager-config.ts';
import { inhibitRules } from './inhibition.ts';

const webhookUrl = 'http://127.0.0.1:7070/api/v1/alertmanager';

test('amtool accepts the routes; only the watchdog takes a way of its own', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-routes-'));
  try {
    const file = join(directory, 'alertmanager.yml');
    writeFileSync(file, alertmanagerConfig(defaultConfig, webhookUrl));
    writeFileSync(join(directory, templateFile), notificationTemplate(defaultConfig.alerts));
    const amtool = findTool('amtool', defaultConfig);
    execFileSync(amtool, ['check-config', file]);
    const receiverOf = (...labels: string[]) =>
      execFileSync(amtool, ['config', 'routes', 'test', `--config.file=${file}`, ...labels], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
        .toString()
        .trim();
    assert.equal(receiverOf('alertname=Watchdog', 'severity=info'), 'watchdog');
    assert.equal(receiverOf('alertname=ErrorBudgetBurnFast', 'severity=page'), 'slo-service');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('alerts of one page group and severity make one notification', () => {
  const { route } = parse(alertmanagerConfig(defaultConfig, webhookUrl));
  assert.deepEqual(route.group_by, ['page_group', 'severity']);
});

test('waiting shrinks with the time scale, but never below a second', () => {
  const waits = (timeScale: number) => {
    const { route } = parse(alertmanagerConfig({ ...defaultConfig, timeScale }, webhookUrl));
    return [route.group_wait, route.group_interval, route.repeat_interval];
  };
  assert.deepEqual(waits(1), ['5s', '10s', '4h']);
  assert.deepEqual(waits(60), ['1s', '1s', '4m']);
});

test('a page silences the tickets of its own group and of what its objectives depend on', () => {
  const rules = inhibitRules(defaultConfig);
  assert.deepEqual(rules[0], {
    source_matchers: ['severity="page"'],
    target_matchers: ['severity="ticket"'],
    equal: ['page_group'],
  });
  assert.deepEqual(
    rules.find(({ source_matchers }) => source_matchers.includes('page_group="route-product"')),
    {
      source_matchers: ['severity="page"', 'page_group="route-product"'],
      target_matchers: ['severity="ticket"', 'objective=~"product-db"'],
    },
  );
});

test('causes of causes are silent too, and a circle of causes ends', () => {
  const changed = withChange('product-db', { dependsOn: ['account-db', 'product-db'] });
  const rule = inhibitRules(changed).find(({ source_matchers }) =>
    source_matchers.includes('page_group="route-product"'),
  );
  assert.deepEqual(rule?.target_matchers[1], 'objective=~"account-db|product-db"');
});

test('tickets do not silence anything', () => {
  const sources = inhibitRules({ ...defaultConfig, signals: [] }).map(
    (rule) => rule.source_matchers[0],
  );
  assert.deepEqual(new Set(sources), new Set(['severity="page"']));
});

test('a signal may say which alerts tell nothing new while its own fires', () => {
  const ruleOf = (name: string) =>
    inhibitRules(defaultConfig).find(({ source_matchers }) =>
      source_matchers.includes(`alertname="${name}"`),
    );
  assert.deepEqual(ruleOf('CollectorDown')?.target_matchers, [
    'alertname=~"ObjectiveUnmeasured|SloMeterStale|TargetGone|SignalsMissing"',
  ]);
  // A primary that is down is why its replicas receive nothing; of another service it says nothing.
  assert.match(ruleOf('MySQLDown')?.target_matchers[0] ?? '', /MySQLReplicaNotReceiving\|/);
  assert.deepEqual(ruleOf('MySQLDown')?.equal, ['service']);
});
