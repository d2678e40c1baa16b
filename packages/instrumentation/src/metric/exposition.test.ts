import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPrometheusText } from './exposition.ts';

test('counters get their _total back and exemplars go', () => {
  const openMetrics = [
    '# HELP orders Orders placed.',
    '# TYPE orders counter',
    'orders_total{outcome="accepted"} 3',
    '# HELP took_seconds Time.',
    '# TYPE took_seconds histogram',
    'took_seconds_bucket{le="1"} 1 # {trace_id="ab",span_id="cd"} 0.4 1700000000.123',
    'took_seconds_sum 0.4',
    '# EOF',
    '',
  ].join('\n');
  assert.equal(
    toPrometheusText(openMetrics),
    [
      '# HELP orders_total Orders placed.',
      '# TYPE orders_total counter',
      'orders_total{outcome="accepted"} 3',
      '# HELP took_seconds Time.',
      '# TYPE took_seconds histogram',
      'took_seconds_bucket{le="1"} 1',
      'took_seconds_sum 0.4',
      '',
    ].join('\n'),
  );
});

test('a label value that looks like an exemplar stays', () => {
  const line = 'x{path="/a # {b=\\"c\\"} 1"} 2';
  assert.equal(toPrometheusText(line), line);
});
