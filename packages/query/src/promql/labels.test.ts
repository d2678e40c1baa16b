import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultLabels, treeOf } from '../index.ts';

const known = {
  signals: [
    { name: 'requests_total', type: 'counter', labels: { route: ['a', 'b'] } },
    { name: 'duration_seconds', type: 'histogram', labels: { route: 'any' } },
  ],
} as const;

/** Labels as text; `…` where others may be there. */
function labels(text: string): string {
  const { names, open } = resultLabels(treeOf(text), known);
  return [...[...names].toSorted(), ...(open ? ['…'] : [])].join(' ');
}

test('labels are followed through an expression', () => {
  const expected: Readonly<Record<string, string>> = {
    'rate(requests_total[5m])': 'instance job route service',
    unknown_metric: '…',
    'sum(rate(requests_total[5m]))': '',
    'sum by (route, lost) (rate(requests_total[5m]))': 'route',
    'sum without (instance, job) (rate(requests_total[5m])) > 0': 'route service',
    'histogram_quantile(0.9, sum by (le, route) (rate(duration_seconds_bucket[5m])))': 'route',
    'topk(3, sum by (route) (rate(requests_total[5m])))': 'route',
    '1 - (sum by (route) (rate(requests_total[5m])) / 2)': 'route',
    'label_replace(vector(1), "part", "x", "", "")': 'part',
    'absent(requests_total{route="a", job=~"b"})': 'route',
    'rate(requests_total[5m]) / on (route) group_left (team) owners':
      'instance job route service team',
    'rate(requests_total[5m]) * on (route) rate(requests_total[5m])': 'route',
    'sum(requests_total) or sum by (job) (requests_total)': 'job',
    'sum by (job) (requests_total) unless up': 'job',
    'time() - max by (service) (requests_total)': 'service',
  };
  for (const [text, wanted] of Object.entries(expected)) assert.equal(labels(text), wanted, text);
});
