import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendar } from '@sprout/objectives';
import { SproutError } from '@sprout/process';
import { alertsIn } from '../rule/rule.ts';
import type { Rule } from '../rule/rule.ts';
import { defaultConfig, withChange } from '../testing/config.ts';
import { objectiveGroups } from './groups.ts';

const groups = objectiveGroups(defaultConfig);
const alertOf = (name: string, objective: string, of = groups) =>
  alertsIn(of).find(({ alert, labels }) => alert === name && labels['objective'] === objective);

test('every objective with alerts has four, and those without have none', () => {
  for (const { id, alerts } of defaultConfig.objectives) {
    const own = alertsIn(groups).filter(({ labels }) => labels['objective'] === id);
    assert.equal(own.length, alerts ? 4 : 0, id);
  }
});

test('only the first two pairs of a user-facing objective page', () => {
  const severities = (objective: string) =>
    alertsIn(groups)
      .filter(({ labels }) => labels['objective'] === objective)
      .map(({ labels }) => labels.severity);
  assert.deepEqual(severities('product-latency'), ['page', 'page', 'ticket', 'ticket']);
  assert.deepEqual(severities('product-db'), ['ticket', 'ticket', 'ticket', 'ticket']);
});

test('a promise over calendar months has the rules of 30 days, and says which month it means', () => {
  const change = withChange('product-latency', { window: calendar('month', 'Asia/Seoul') });
  const rolling = alertOf('ErrorBudgetBurnFast', 'product-latency');
  const monthly = alertOf('ErrorBudgetBurnFast', 'product-latency', objectiveGroups(change));
  assert.equal(monthly?.expr.text, rolling?.expr.text);
  assert.match(
    monthly?.annotations['budget'] ?? '',
    /of the budget of month@Asia\/Seoul goes in 1h/,
  );
});

test('objectives that count the same events are recorded once; the others copy one series', () => {
  const recordings = groups.flatMap(({ rules }) => rules).filter(isRecording);
  const raw = recordings.filter(({ expr }) => expr.text.includes('rate('));
  assert.equal(
    raw.some(({ labels }) => labels['objective'] === 'order-latency-2h'),
    false,
  );
  const copies = recordings.filter(({ labels }) => labels['objective'] === 'order-latency-2h');
  assert.deepEqual(
    copies.map(({ record, expr }) => [record, expr.text]),
    [
      ['slo:valid_events:rate5m', 'slo:valid_events:rate5m{objective="order-latency"}'],
      ['slo:bad_events:rate5m', 'slo:bad_events:rate5m{objective="order-latency"}'],
    ],
  );
});

test('only windows up to an hour read raw samples', () => {
  for (const rule of groups.flatMap(({ rules }) => rules).filter(isRecording)) {
    const isLong = /rate(2h|6h|1d|3d)$/.test(rule.record);
    assert.equal(rule.expr.text.startsWith('avg_over_time(slo:'), isLong, rule.record);
  }
});

test('windows shrink with the time scale, names and texts stay', () => {
  const compressed = objectiveGroups({ ...defaultConfig, timeScale: 60 });
  const alert = alertOf('ErrorBudgetBurnMedium', 'account-db', compressed);
  assert.match(alert?.expr.text ?? '', /rate6h\{.*\} \* 360 >= 10/);
  assert.match(alert?.expr.text ?? '', /present_over_time\(.*\[30s\] offset 6m\)/);
  assert.equal(alert?.annotations['window'], '6h');
  const uneven = objectiveGroups({ ...defaultConfig, timeScale: 7 });
  assert.match(uneven[0]?.rules[0]?.expr.text ?? '', /\[42s857ms\]/);
});

test('the fast pair needs no history, the slower ones do, and none waits', () => {
  for (const { alert, expr, forSeconds } of alertsIn(groups)) {
    assert.equal(expr.text.includes('present_over_time'), alert !== 'ErrorBudgetBurnFast');
    assert.equal(forSeconds, 0);
  }
});

test('an alert says who is hurt, what to do first and where to look', () => {
  const page = alertOf('ErrorBudgetBurnFast', 'product-latency');
  assert.deepEqual(page?.labels, {
    severity: 'page',
    objective: 'product-latency',
    page_group: 'route-product',
    service: 'product',
    team: 'product',
    component: 'slo',
    route: 'product',
  });
  assert.equal(
    page?.annotations.impact,
    'Users feel it: requests to /product fail or take longer than 2000 ms.',
  );
  assert.match(page?.annotations.first_step ?? '', /depends on: product-db\./);
  assert.equal(page?.annotations['threshold'], '14.4');
  const ticket = alertOf('ErrorBudgetBurnSlow', 'product-db');
  assert.match(
    ticket?.annotations.impact ?? '',
    /lean on it: product-availability, product-latency, order-saga\.$/,
  );
});

test('links lead to Grafana when there is one, else to the console, else are relative', () => {
  const urlWith = (links: typeof defaultConfig.links) =>
    alertOf('ErrorBudgetBurnFast', 'order-latency', objectiveGroups({ ...defaultConfig, links }))
      ?.annotations.dashboard_url;
  assert.equal(
    urlWith({ console: '', grafana: 'https://grafana.example' }),
    'https://grafana.example/d/slo-detail?var-objective=order-latency&from=now-1h&to=now',
  );
  assert.equal(urlWith({ console: 'http://c' }), 'http://c/objective/order-latency?range=1h');
  assert.equal(urlWith({ console: '' }), '/objective/order-latency?range=1h');
});

test('an alert that a total outage cannot reach is refused by name', () => {
  assert.throws(
    () => objectiveGroups(withChange('order-latency', { target: 0.9 })),
    (error) =>
      error instanceof SproutError &&
      error.code === 'ALERT_UNREACHABLE' &&
      /order-latency: ErrorBudgetBurnFast needs a burn rate above 14\.4/.test(error.message),
  );
  objectiveGroups(withChange('order-latency', { target: 0.9, alerts: false }));
});

test('a window too short to hold two samples is refused by name', () => {
  const short = { window: { kind: 'rolling' as const, length: '2h' } };
  assert.throws(
    () => objectiveGroups(withChange('order-db', short)),
    /objective order-db: ErrorBudgetBurnFast looks at the last 833ms/,
  );
});

test('other periods scale their windows and keep their thresholds', () => {
  const week = objectiveGroups(
    withChange('order-db', { window: { kind: 'rolling', length: '7d' } }),
  );
  const alert = alertOf('ErrorBudgetBurnFast', 'order-db', week);
  assert.match(alert?.expr.text ?? '', /rate14m\{.*rate1m10s\{/);
  assert.equal(alert?.annotations['threshold'], '14.4');
});

function isRecording(rule: Rule) {
  return rule.kind === 'recording';
}
