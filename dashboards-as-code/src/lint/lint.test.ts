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
  const signals = config.signals.map((signal) =>
    signal.name === 'prometheus_rule_evaluations_total' && signal.kind === 'metric'
      ? { ...signal, labels: { group: 'any' as const } }
      : signal,
  );
  const found = lint({ ...config, signals });
  assert.deepEqual([...new Set(found.map(({ check }) => check))].toSorted(), [
    'panel-legend',
    'promql-aggregate',
  ]);
});
