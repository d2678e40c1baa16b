import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsIn, hitRatio } from './cache-hits.ts';

test('hits and look-ups are summed over caches and instances, and compared with before', () => {
  const exposition = [
    '# TYPE cache_requests_total counter',
    'cache_requests_total{cache="orders",outcome="hit"} 70',
    'cache_requests_total{cache="orders",outcome="miss"} 20',
    'cache_requests_total{cache="orders",outcome="error"} 5',
    'cache_requests_total{cache="product",outcome="hit"} 30 # {trace_id="ab"} 1',
    'other_total{outcome="hit"} 1000',
  ].join('\n');
  const after = countsIn(exposition);
  assert.deepEqual(after, { hits: 100, lookUps: 125 });
  assert.equal(hitRatio({ hits: 15, lookUps: 25 }, after), 0.85);
});

test('without look-ups, and when an instance began anew, there is no ratio', () => {
  assert.equal(hitRatio({ hits: 1, lookUps: 2 }, { hits: 1, lookUps: 2 }), undefined);
  assert.equal(hitRatio({ hits: 9, lookUps: 10 }, { hits: 5, lookUps: 20 }), undefined);
  assert.equal(hitRatio(undefined, { hits: 5, lookUps: 20 }), undefined);
});
