import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeTraces, scanSpans } from '@sprout/wire';
import type { Span } from '@sprout/wire';
import { testSpan } from '../fixture/spans.ts';
import { createServiceGraph } from './service-graph.ts';
import type { ServiceCall } from './service-graph.ts';

function callsSeen(...spans: Span[]): ServiceCall[] {
  const calls: ServiceCall[] = [];
  const observe = createServiceGraph((call) => calls.push(call));
  for (const span of spans) scanSpans(encodeTraces([span]), observe);
  return calls;
}

const callsOf = (...spans: Span[]): string[] =>
  callsSeen(...spans).map(({ client, server }) => `${client} → ${server}`);

const traceId = 'a'.repeat(32);
const client = testSpan({ traceId, kind: 3, service: 'gateway', spanId: '1'.repeat(16) });
const server = testSpan({ traceId, kind: 2, service: 'order', parentSpanId: client.spanId });

test('a client and the server span below it are one call, in either order', () => {
  assert.deepEqual(callsOf(client, server), ['gateway → order']);
  assert.deepEqual(callsOf(server, client), ['gateway → order']);
});

test("Zipkin's client and server with one id are one call", () => {
  const shared = { ...server, spanId: client.spanId, parentSpanId: '2'.repeat(16) };
  assert.deepEqual(callsOf(client, shared), ['gateway → order']);
});

test('a call to a database is named after the database', () => {
  assert.deepEqual(callsOf({ ...client, attributes: { 'db.system.name': 'mysql' } }), [
    'gateway → mysql',
  ]);
});

test('halves without a partner and inner spans are no calls', () => {
  assert.deepEqual(callsOf(client, { ...server, kind: 1 }), []);
  assert.deepEqual(callsOf({ ...server, parentSpanId: '' }), []);
});

test('a call takes as long as its caller waited, and failed if either side says so', () => {
  const startNs = 1_795_000_000_000_000_000n;
  const during = (ms: bigint) => ({ startNs, endNs: startNs + ms * 1_000_000n });
  const waiting = { ...client, ...during(250n) };
  const working = { ...server, ...during(100n) };
  const error = { status: { code: 2 as const, message: '' } };
  const told = (...spans: Span[]) =>
    callsSeen(...spans).map((call) => [call.failed, call.durationSeconds]);
  assert.deepEqual(told(waiting, working), [[false, 0.25]]);
  assert.deepEqual(told({ ...working, ...error }, waiting), [[true, 0.25]]);
  const query = { ...waiting, ...error, attributes: { 'db.system.name': 'mysql' } };
  assert.deepEqual(told(query), [[true, 0.25]]);
});
