import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPromql } from '@sprout/query';
import { counter, histogram, noPanel } from '@sprout/signals';
import type { Objective } from '../objective.ts';
import {
  all,
  availability,
  calendar,
  latency,
  objective,
  rolling,
  timeSlice,
  up,
} from '../index.ts';
import { exportOpenSlo, importOpenSlo } from './index.ts';

const shown = { help: 'A test.', panel: noPanel(), noAlert: 'a test' };
const requests = histogram('gateway_request_duration_seconds', {
  ...shown,
  owner: 'gateway',
  unit: 'seconds',
  labels: { route: ['order', 'product'], outcome: ['answered', 'client_error', 'timeout'] },
  buckets: [0.3, 2, 5],
});
const probes = counter('probe_requests_total', { ...shown, labels: { outcome: 'any' } });
const saga = histogram('order_saga_seconds', { ...shown, owner: 'order', buckets: [5] });

const database = objective('order-db', {
  title: "99 % of order's queries are answered within 300 ms",
  owner: 'order',
  target: 0.99,
  window: rolling('30d'),
  sli: latency(requests.where({ service: 'order', outcome: 'answered' }), {
    withinMs: 300,
    valid: requests.where({ service: 'order' }).count(),
  }),
});
const valid = [
  requests.where({ route: 'order' }).count(),
  probes.where({ outcome: 'unreachable', job: { not: ['a"b\\', 'c'] } }),
];
const route = {
  owner: 'order',
  target: 0.9995,
  pageGroup: 'route-order',
  dependsOn: [database],
};
const failed = requests.where({ route: 'order', outcome: ['timeout'] }).count();
const answered = availability(valid, { bad: [failed, probes.where({ outcome: 'unreachable' })] });

const promises: readonly Objective[] = [
  objective('order-availability', {
    ...route,
    title: {
      en: '99.95 % of /order requests are answered',
      ko: '/order 요청의 99.95 %에 응답합니다',
    },
    name: { en: 'Orders', ko: '주문' },
    window: rolling('30d'),
    pages: true,
    sli: answered,
  }),
  objective('order-availability-2h', {
    ...route,
    window: rolling('2h'),
    alerts: false,
    sli: answered,
  }),
  objective('order-latency', {
    ...route,
    window: calendar('quarter', 'America/New_York'),
    sli: latency(requests.where({ route: 'order', outcome: ['answered', 'client_error'] }), {
      withinMs: 2000,
      valid,
    }),
  }),
  database,
  objective('order-saga', {
    owner: 'Team Öl & Order',
    target: 0.99,
    window: rolling('1y'),
    sli: latency(saga.where({}), { withinMs: 5000 }),
  }),
  objective('order-slices', {
    ...route,
    window: rolling('30d'),
    sli: timeSlice(answered, { goodRatioMin: 0.95, slice: '5m', noTraffic: 'good' }),
  }),
  objective('order-in-time', {
    ...route,
    window: calendar('month'),
    sli: timeSlice(latency(requests.where({ outcome: 'answered' }), { withinMs: 300 }), {
      goodRatioMin: 1,
      slice: '1h',
    }),
  }),
  objective('order-events', {
    owner: 'order',
    target: 0.5,
    window: calendar('week'),
    sli: { kind: 'events', valid, good: [requests.where({ outcome: 'answered' }).bucket(0.3)] },
  }),
];

test('promises come back from OpenSLO as they were declared', () => {
  const { documents, notSaid } = exportOpenSlo(promises);
  assert.deepEqual(notSaid, []);
  const back = importOpenSlo(documents);
  assert.deepEqual([back.problems, back.notSaid], [[], []]);
  assert.deepEqual(back.objectives, promises);
});

test('every unit of the calendar comes back', () => {
  const units = ['day', 'week', 'month', 'quarter', 'year'] as const;
  const declared = units.map((unit) =>
    objective(unit, { ...route, window: calendar(unit, 'Asia/Seoul'), sli: answered }),
  );
  assert.deepEqual(importOpenSlo(exportOpenSlo(declared).documents).objectives, declared);
});

test('promises of the same events share one SLI, and its queries can be evaluated', () => {
  const { documents } = exportOpenSlo(promises);
  assert.equal(documents.match(/^kind: SLI$/gm)?.length, promises.length - 2);
  assert.match(documents, /^ {2}indicatorRef: order-availability$/m);
  const queries = [...documents.matchAll(/^ +query: (.*)$/gm)].map(([, query]) => query ?? '');
  assert.equal(queries.length, (promises.length - 2) * 2);
  for (const query of queries.filter((each) => !/^['"]/.test(each))) {
    assert.deepEqual(checkPromql(query), [], query);
  }
});

test('what OpenSLO cannot say is named, and what cannot be read back is left out', () => {
  const odd: readonly Objective[] = [
    { ...database, id: 'seconds', window: rolling('1h30s') },
    { ...database, id: 'dotted', sli: { ...answered, valid: [{ ...failed, metric: 'a.b' }] } },
    { ...database, id: 'empty', sli: { ...answered, valid: [] } },
    { ...database, id: 'comma', dependsOn: ['a,b'] },
  ];
  const { documents, notSaid } = exportOpenSlo([...odd, database]);
  assert.deepEqual(notSaid, [
    { objective: 'seconds', what: '1h30s, no whole number of minutes; it is left out' },
    {
      objective: 'dotted',
      what: 'spec.ratioMetric.total.metricSource.spec.query: unexpected "." at 11; it is left out',
    },
    { objective: 'empty', what: 'an SLI without series; it is left out' },
    { objective: 'comma', what: 'dependsOn ["a,b"]' },
  ]);
  const ids = importOpenSlo(documents).objectives.map(({ id }) => id);
  assert.deepEqual(ids, ['comma', 'order-db']);
});

test('slices of scrapes and composites are left out by name, not written as something else', () => {
  const options = { owner: 'shop', target: 0.99, window: rolling('30d') };
  const running = objective('running', {
    ...options,
    sli: timeSlice(up('shop'), { goodRatioMin: 0.5 }),
  });
  const both = objective('both', { ...options, sli: all([running]) });
  const { documents, notSaid } = exportOpenSlo([running, both]);
  assert.equal(documents, '');
  assert.deepEqual(
    notSaid.map(({ what }) => what),
    ['scrapes of shop; it is left out', 'a composite (all of running); it is left out'],
  );
});
