import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counter, histogram, rateBy } from './index.ts';

const requests = histogram('requests_duration_seconds', {
  help: 'Requests.',
  owner: 'gateway',
  unit: 'seconds',
  labels: { route: ['order', 'product'], outcome: 'any' },
  buckets: [0.3, 2],
  panel: rateBy('route'),
  noAlert: 'a test',
});

test('a selection carries sorted matchers and the service that emits it', () => {
  const selection = requests.where({ route: 'order', outcome: ['ok', 'a.b'] });
  assert.deepEqual(selection.matchers, [
    { label: 'outcome', op: '=~', value: 'ok|a\\.b' },
    { label: 'route', op: '=', value: 'order' },
  ]);
  assert.equal(selection.service, 'gateway');
});

test('a service label names who emits a signal that everybody emits', () => {
  const everywhere = counter('things_total', {
    help: 'Things.',
    panel: rateBy(),
    noAlert: 'a test',
  });
  assert.equal(everywhere.where({}).service, 'any');
  assert.equal(everywhere.where({ service: 'product' }).service, 'product');
});

test('values to leave out become negative matchers', () => {
  const [matcher] = requests.where({ route: { not: 'order' } }).matchers;
  assert.deepEqual(matcher, { label: 'route', op: '!=', value: 'order' });
});

test('a histogram gives the counters of all and of those within a bucket', () => {
  const selection = requests.where({ route: 'order' });
  assert.equal(selection.count().metric, 'requests_duration_seconds_count');
  const within = selection.bucket(2);
  assert.equal(within.metric, 'requests_duration_seconds_bucket');
  assert.deepEqual(within.matchers.at(-1), { label: 'le', op: '=', value: '2' });
});

test('a bucket that does not exist is refused with those that do', () => {
  assert.throws(() => requests.where({}).bucket(1.5), /no bucket at 1\.5; its buckets are 0\.3, 2/);
});

test('unknown labels and values do not compile', () => {
  // @ts-expect-error there is no label "rout"
  requests.where({ rout: 'order' });
  // @ts-expect-error "orders" is not a value of route
  requests.where({ route: 'orders' });
});

test('a declared signal is data: it survives JSON without its methods', () => {
  const copy = JSON.parse(JSON.stringify(requests));
  assert.equal(copy.name, 'requests_duration_seconds');
  assert.equal('where' in copy, false);
});
