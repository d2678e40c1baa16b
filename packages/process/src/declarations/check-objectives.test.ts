import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, availability, latency, objective, rolling, timeSlice, up } from '@sprout/objectives';
import type { Objective, ObjectiveOptions } from '@sprout/objectives';
import { counter, histogram, noPanel } from '@sprout/signals';
import { checkObjectives, problemText } from './check-objectives.ts';

const shared = { help: 'A test.', owner: 'shop', panel: noPanel(), noAlert: 'a test' };
const requests = counter('requests_total', {
  ...shared,
  labels: { outcome: ['ok', 'failed'], route: 'any' },
});
const duration = histogram('duration_seconds', { ...shared, unit: 'seconds', buckets: [0.5, 2] });
const watched = {
  signals: [requests, duration],
  services: ['shop', 'gateway'],
  scrapeIntervalSeconds: 15,
};
const failed = requests.where({ outcome: 'failed' });
const sli = availability(requests.where({}), { bad: failed });
const options = { owner: 'shop', target: 0.99, window: rolling('30d'), sli };
const declare = (id: string, more: Partial<ObjectiveOptions> = {}) =>
  objective(id, { ...options, ...more });

/** `path: what; fix` of each problem. */
const told = (...objectives: readonly Objective[]) =>
  checkObjectives(objectives, watched).map((problem) => `${problem.path}: ${problemText(problem)}`);

const selecting = (metric: string, label?: string, value = '') => {
  const matchers = label === undefined ? [] : [{ label, op: '=' as const, value }];
  return declare('a', {
    sli: availability([{ metric, matchers, service: 'shop' }], { bad: failed }),
  });
};

test('what is right has no problem', () => {
  assert.deepEqual(told(declare('a', { groupBy: ['route', 'service'] })), []);
  const sliced = declare('up', { sli: timeSlice(up('gateway'), { goodRatioMin: 0.5 }) });
  assert.deepEqual(told(sliced, declare('both', { sli: all([sliced]) })), []);
});

test('a threshold without a bucket lists those there are', () => {
  const slow = declare('a', { sli: latency(duration.where({}), { withinMs: 700 }) });
  assert.deepEqual(told(slow), [
    'sli.good: duration_seconds has no bucket at 0.7; its buckets are 0.5, 2; promise one of them, or add a bucket to the signal',
  ]);
});

test('a former threshold needs a bucket, and a promise that has one', () => {
  const before = (withinMs: number) => [{ until: '2026-11-01T00:00:00Z', withinMs }];
  const within = latency(duration.where({}), { withinMs: 2000 });
  assert.deepEqual(told(declare('a', { sli: within, before: before(500) })), []);
  assert.deepEqual(told(declare('a', { sli: within, before: before(700) })), [
    'before[0].withinMs: duration_seconds has no bucket at 0.7; its buckets are 0.5, 2; promise one of them, or add a bucket to the signal',
  ]);
  assert.deepEqual(told(declare('a', { before: before(500) })), [
    'before[0].withinMs: a has no threshold that was 500 ms before; only latency is promised within a time',
  ]);
});

test('unknown signals, labels and values come with what was meant', () => {
  assert.deepEqual(told(selecting('request_total')), [
    'sli.valid: there is no signal request_total; did you mean requests_total?',
  ]);
  assert.deepEqual(told(selecting('duration_seconds')), [
    'sli.valid: there is no signal duration_seconds; add it to signals',
  ]);
  assert.deepEqual(told(selecting('requests_total', 'outcom', 'ok')), [
    'sli.valid: requests_total has no label "outcom"; did you mean "outcome"?',
  ]);
  assert.deepEqual(told(selecting('requests_total', 'outcome', 'lost')), [
    'sli.valid: label "outcome" of requests_total is never "lost"; its values are ok, failed',
  ]);
});

test('unknown services are told, also those whose scrapes are counted', () => {
  const sliced = declare('a', { sli: timeSlice(up('shopp'), { goodRatioMin: 0.5 }) });
  assert.deepEqual(told(sliced), [
    'sli.up: scrapes of "shopp": it is not in services (shop, gateway); did you mean "shop"?',
  ]);
});

test('an alert that could never fire, and a window too short for two scrapes, are refused', () => {
  const [first] = told(declare('a', { target: 0.9 }));
  assert.match(first ?? '', /^alerts: burn-rate alert 1 needs a burn rate above 14\.4/);
  const [short] = told(declare('a', { window: rolling('1h') }));
  assert.match(short ?? '', /looks at the last .*, which holds fewer than two samples; 30s is/);
  assert.deepEqual(told(declare('a', { target: 0.9, alerts: false })), []);
});

test('circles of causes and of composites are named once', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => declare(id));
  assert.ok(a && b && c);
  const circle = [
    { ...a, dependsOn: ['b'] },
    { ...b, dependsOn: ['c'] },
    { ...c, dependsOn: ['b'] },
  ];
  assert.deepEqual(told(...circle), ['dependsOn: b → c → b is a circle; take one of them out']);
  const own = declare('own');
  const composite = { ...own, alerts: false, sli: all([own]) };
  assert.deepEqual(told(composite), [
    'sli.composite.of: own → own is a circle; take one of them out',
  ]);
});

test('ids that come twice and objectives that are not there are told', () => {
  assert.deepEqual(told(declare('a'), declare('a')), [
    'id: "a" is declared twice; give each its own id',
  ]);
  const member = declare('member');
  assert.deepEqual(told(declare('a', { dependsOn: [member] }), declare('membre')), [
    'dependsOn: there is no objective "member"; did you mean "membre"?',
  ]);
});

test('groups need a label that all series have; composites and scrapes have none', () => {
  const mixed = availability([requests.where({}), duration.where({}).count()], { bad: failed });
  assert.deepEqual(told(declare('a', { groupBy: ['route'], sli: mixed })), [
    'groupBy: duration_seconds_count has no label "route"; its labels are none',
  ]);
  const member = declare('member');
  const grouped = declare('a', { groupBy: ['route'], sli: all([member]) });
  assert.match(told(member, grouped)[0] ?? '', /a composite has no series to group/);
});

test('a composite that asks for alerts is told why it has none', () => {
  const member = declare('member');
  assert.match(
    told(member, declare('a', { sli: all([member]), alerts: true }))[0] ?? '',
    /^alerts: a composite has no alert of its own/,
  );
});
