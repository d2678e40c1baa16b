import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSignals } from '../index.ts';
import type { KnownSignal } from '../index.ts';

const signals: readonly KnownSignal[] = [
  { name: 'requests_total', type: 'counter', labels: { route: ['a', 'b'] } },
  { name: 'depth', type: 'gauge', labels: { queue: 'any' } },
  { name: 'duration_seconds', type: 'histogram', labels: {} },
];
const check = (text: string) => checkSignals(text, signals, ['ALERTS']);

test('what signals have is no finding', () => {
  const fine = [
    'sum by (route) (rate(requests_total{route="a", service=~"$service"}[5m])) / 2',
    'max_over_time(depth{queue="x"}[1h])',
    'histogram_quantile(0.9, sum by (le) (rate(duration_seconds_bucket{le="1"}[5m])))',
    'count(ALERTS{alertname="x"}) + count(requests_total)',
  ];
  for (const text of fine) assert.deepEqual(check(text), [], text);
});

test('each mistake is named', () => {
  const wrong: Readonly<Record<string, string>> = {
    'rate(request_total[5m])': 'there is no metric request_total',
    'rate(requests_total{rout="a"}[5m])': 'requests_total has no label rout',
    'rate(requests_total{route="c"}[5m])': 'requests_total: route is never "c"',
    'sum(requests_total)': 'requests_total is a counter: its rate comes first',
    'rate(depth[5m])': 'depth is a gauge: it has no rate',
    'rate(sum(depth)[5m:1m])': 'the rate of a sum: a restart of one would look like a loss of all',
    'rate(duration_seconds[5m])': 'there is no metric duration_seconds',
  };
  for (const [text, problem] of Object.entries(wrong)) assert.equal(check(text)[0], problem, text);
});
