import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testSpan } from '../fixture/spans.ts';
import { traceTree } from './trace-tree.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const ms = 1_000_000n;
const span = (spanId: string, parentSpanId: string, startMs: bigint, endMs: bigint, more: object) =>
  testSpan({ traceId, spanId, parentSpanId, startNs: startMs * ms, endNs: endMs * ms, ...more });

test('a trace is a tree with kinds, durations, bars and what went wrong', () => {
  const spans = [
    span('3', '1', 70n, 80n, { service: 'product', name: 'GET /products', kind: 2 }),
    span('2', '1', 10n, 60n, {
      service: 'order',
      name: 'GET /orders',
      kind: 2,
      attributes: { 'http.response.status_code': 500 },
      status: { code: 2, message: 'no stock' },
    }),
    span('1', '', 0n, 100n, { service: 'gateway', name: 'GET /order', kind: 2 }),
    span('4', '2', 20n, 40n, { service: 'order', name: 'SELECT', kind: 3 }),
    span('5', 'gone', 90n, 95n, { service: 'order', name: 'later', kind: 1 }),
  ];
  assert.deepEqual(traceTree(spans, { color: false }), [
    `trace ${traceId} · 5 spans · 3 services · 100.0 ms · 1 error`,
    'gateway  GET /order        server      100.0 ms  ▕████████████████████████▏',
    '├─ order  GET /orders      server       50.0 ms  ▕  ████████████          ▏  500  ✗ no stock',
    '│  └─ order  SELECT        client       20.0 ms  ▕    █████               ▏',
    '└─ product  GET /products  server       10.0 ms  ▕                ██      ▏',
    'order  later                             5.0 ms  ▕                     █  ▏',
  ]);
});

test('spans that share an id, are their own parent or go in circles are each shown once', () => {
  const spans = [
    span('1', '', 0n, 10n, { kind: 3, name: 'client' }),
    span('1', '', 1n, 9n, { kind: 2, name: 'server' }),
    span('2', '1', 2n, 3n, { name: 'child' }),
    span('3', '3', 4n, 5n, { name: 'loop' }),
    span('4', '5', 4n, 5n, { name: 'circle a' }),
    span('5', '4', 4n, 5n, { name: 'circle b' }),
  ];
  const lines = traceTree(spans, { color: false });
  assert.equal(lines.length, 1 + spans.length);
});
