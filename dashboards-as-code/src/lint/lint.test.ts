import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testChecks } from '@sprout/lint/testing';
import { compileConfig } from '@sprout/process';
import { cadvisorSignals, kubeStateSignals } from '@sprout/signals/exporters';
import sproutConfig from '../../../sprout.config.ts';
import { boardChecks } from './checks/all.ts';
import { lint } from './lint.ts';

testChecks(boardChecks);

const config = compileConfig(sproutConfig, '/');

test('nothing is wrong with our dashboards', () => {
  assert.deepEqual(lint(config), []);
});

test('nothing is wrong with the dashboards of Kubernetes and of a cluster of databases', () => {
  const signals = [...sproutConfig.signals, ...kubeStateSignals, ...cadvisorSignals];
  const market = { data: 'cluster' } as const;
  assert.deepEqual(lint(compileConfig({ ...sproutConfig, market, signals }, '/')), []);
});

test('a label that is renamed where it is emitted is found in what asks for it', () => {
  const checksOf = (name: string) => {
    const signals = config.signals.map((signal) =>
      signal.name === name && signal.kind === 'metric'
        ? { ...signal, labels: { renamed: 'any' as const } }
        : signal,
    );
    return [...new Set(lint({ ...config, signals }).map(({ check }) => check))].toSorted();
  };
  assert.deepEqual(checksOf('alertmanager_alerts'), ['panel-legend', 'promql-aggregate']);
  // Its label is copied under another name before it is grouped by.
  assert.deepEqual(checksOf('prometheus_rule_evaluations_total'), ['promql-aggregate']);
});
