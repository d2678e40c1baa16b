import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signalSchema } from '../schema.ts';
import type { Metric, Signal } from '../signal.ts';
import * as catalogue from './index.ts';

const signals: readonly Signal[] = Object.values(catalogue);
const metrics = signals.filter((signal): signal is Metric => signal.kind === 'metric');

test('every signal of the catalogue is valid data', () => {
  for (const signal of signals) signalSchema.parse(JSON.parse(JSON.stringify(signal)));
});

test('every signal either has an alert or says why nobody is alerted', () => {
  for (const { name, alert, noAlert } of signals) {
    assert.equal((alert === undefined) !== (noAlert === undefined), true, name);
  }
});

test('names end as their type and unit demand', () => {
  for (const signal of metrics) {
    if (signal.type === 'counter') assert.match(signal.name, /_total$/);
    if (signal.unit !== '' && signal.type !== 'counter') {
      assert.match(signal.name, new RegExp(`_${signal.unit}$`));
    }
  }
});

test('latency buckets hold every promised threshold', () => {
  for (const signal of metrics) {
    // Buckets of the runtime are prom-client's.
    if (signal.type !== 'histogram' || signal.name.startsWith('nodejs_')) continue;
    for (const seconds of [0.3, 0.5, 2, 3])
      assert.ok(signal.buckets.includes(seconds), signal.name);
  }
});
