import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertsIn } from '../rule/rule.ts';
import { defaultConfig } from '../testing/config.ts';
import { routeUnreachableAlerts } from './route-unreachable.ts';
import { signalGroups } from './signal-alerts.ts';

const [latency] = defaultConfig.signals.filter(
  ({ name }) => name === 'http_server_request_duration_seconds',
);
const hint = {
  name: 'LatencyHigh',
  severity: 'ticket' as const,
  for: '5m',
  summary: '{{ $labels.service }} is slow',
};

function exprOf(alert: Record<string, unknown>): string | undefined {
  assert.ok(latency);
  const signals = [{ ...latency, alert: { ...hint, ...alert } } as typeof latency];
  return alertsIn(signalGroups({ ...defaultConfig, signals }))[0]?.expr.text;
}

test('a hint compares a value, a rate of selected series, or a 99th percentile', () => {
  const expressions = alertsIn(signalGroups(defaultConfig)).map(({ alert, expr }) => [
    alert,
    expr.text,
  ]);
  const expected = {
    CacheFailing: 'sum by (service) (rate(cache_requests_total{outcome="error"}[5m])) > 0.1',
    PoolExhausted: 'db_client_connection_pending_requests > 5',
    OutboxStuck: 'outbox_oldest_age_seconds > 60',
    EventLoopLagHigh: 'nodejs_eventloop_lag_p99_seconds > 0.5',
    TargetDown: 'up < 1',
    TelemetryLost: 'sum by (service, signal, reason) (rate(telemetry_dropped_items_total[5m])) > 0',
  };
  assert.deepEqual(
    { ...Object.fromEntries(expressions), ...expected },
    Object.fromEntries(expressions),
  );
  assert.equal(
    exprOf({ of: 'p99', above: 2 }),
    'histogram_quantile(0.99, sum by (le, service) (rate(http_server_request_duration_seconds_bucket[5m]))) > 2',
  );
});

test('a hint with both bounds fires on either side, one with none is refused by name', () => {
  assert.match(exprOf({ of: 'p99', above: 2, below: 0.1 }) ?? '', /> 2 or .* < 0\.1$/);
  assert.throws(() => exprOf({ of: 'p99' }), /http_server_request_duration_seconds: alert Latency/);
});

test('every alert of a signal belongs to a page group of its service', () => {
  for (const { labels } of alertsIn(signalGroups(defaultConfig))) {
    assert.match(labels.page_group, /^service-\{\{ \$labels\.(log_)?service \}\}$/);
  }
});

test('an unreachable route shares the page of its objectives', () => {
  const pages = defaultConfig.objectives.filter(({ pages }) => pages);
  for (const { labels } of routeUnreachableAlerts(defaultConfig)) {
    assert.ok(pages.some(({ pageGroup }) => pageGroup === labels.page_group));
    assert.equal(labels['service'], 'gateway');
  }
});
