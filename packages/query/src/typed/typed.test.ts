import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counter, gauge, histogram, noPanel } from '@sprout/signals';
import type { CounterSignal } from '@sprout/signals';
import { checkPromql } from '../index.ts';
import * as q from './index.ts';

const text = { help: 'An example.', panel: noPanel(), noAlert: 'an example' };
const requests = counter('requests_total', { ...text, labels: { route: ['a', 'b'], zone: 'any' } });
const depth = gauge('queue_depth', { ...text, labels: { queue: 'any' } });
const duration = histogram('duration_seconds', {
  ...text,
  labels: { route: ['a', 'b'] },
  buckets: [1, 2],
});

test('what compiles is the PromQL that one would have written', () => {
  const errors = q.sumBy(['route'], q.rate(q.pick(requests, { route: 'a' })));
  const all = q.sumBy(['route'], q.rate(q.pick(requests, {}, { service: 'service' })));
  assert.equal(
    q.ratio(errors, all).text,
    'sum by (route) (rate(requests_total{route="a"}[$__rate_interval])) / sum by (route) (rate(requests_total{service=~"$service"}[$__rate_interval]))',
  );
  assert.equal(
    q.quantile(0.99, q.pick(duration), ['route'], 300).text,
    'histogram_quantile(0.99, sum by (le, route) (rate(duration_seconds_bucket[5m])))',
  );
  const built = [
    q.mean(q.pick(duration), ['service']),
    q.forecast(q.pick(depth), 3600, 600),
    q.since(q.maxBy(['queue'], q.value(q.pick(depth)))),
    q.renamed(q.sumBy(['queue'], q.value(q.pick(depth))), 'queue', 'id'),
    q.sumBy(['of'], q.captured(q.value(q.pick(depth)), 'queue', '(.*)-.*', 'of')),
    q.among(q.rate(q.pick(requests)), q.where(q.increase(q.pick(requests), 300), '>', 0)),
    q.top(3, q.rest(q.sum(q.increase(q.pick(requests), 60)))),
  ];
  for (const { text: query } of built) {
    assert.deepEqual(checkPromql(query.replaceAll('$__rate_interval', '5m')), [], query);
  }
});

test('a label or a value that is not there neither compiles nor passes', () => {
  // @ts-expect-error there is no such label
  assert.throws(() => q.pick(requests, { rout: 'a' }), /requests_total has no label "rout"/);
  // @ts-expect-error route is never c
  assert.throws(() => q.pick(requests, { route: 'c' }), /route is never "c"; it is a, b/);
  // @ts-expect-error there is no such label to follow a variable
  assert.throws(() => q.pick(requests, {}, { queue: 'queue' }), /has no label "queue"/);
  // @ts-expect-error there is no label queue to group by
  assert.throws(() => q.sumBy(['queue'], q.rate(q.pick(requests))), /there is no label queue/);
});

test('a label is gone once it was aggregated away', () => {
  const byRoute = q.sumBy(['route'], q.rate(q.pick(requests)));
  // @ts-expect-error the zone is gone
  assert.throws(() => q.sumBy(['zone'], byRoute), /there is no label zone in sum by \(route\)/);
  const byZone = q.sumBy(['zone'], q.rate(q.pick(requests)));
  // @ts-expect-error a route never matches a zone
  assert.throws(() => q.ratio(byRoute, byZone), /the sides do not match: \(route\) and \(zone\)/);
});

test('a counter is not summed, and a gauge has no rate', () => {
  const counted = q.pick(requests);
  // @ts-expect-error its rate comes first
  assert.throws(() => q.sumBy([], counted), /take the rate of requests_total first/);
  // @ts-expect-error a counter has no value worth showing
  assert.throws(() => q.value(q.pick(requests)), /requests_total is a counter: take its rate/);
  // @ts-expect-error a gauge has no rate
  assert.throws(() => q.rate(q.pick(depth)), /rate needs a counter, and queue_depth is a gauge/);
  // @ts-expect-error a sum has no rate: a restart of one would look like a loss of all
  assert.throws(() => q.rate(q.sum(q.rate(q.pick(requests)))), /rate needs a counter/);
  // @ts-expect-error a counter has no buckets
  assert.throws(() => q.quantile(0.9, q.pick(requests)), /requests_total has no buckets/);
});

test('signals read from a configuration are checked while they are used', () => {
  const untyped: CounterSignal = counter('x_total', { ...text, labels: { a: ['1'] } });
  assert.throws(() => q.pick(untyped, { b: '1' }), /x_total has no label "b"; it has a, service/);
  assert.throws(() => q.sumBy(['c'], q.rate(q.pick(untyped))), /there is no label c/);
});
