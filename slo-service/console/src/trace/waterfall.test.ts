import { expect, test } from 'vitest';
import { readSpans } from './otlp.ts';
import type { OtlpTrace } from './otlp.ts';
import { layOut } from './waterfall.ts';

const startNanos = 1_795_000_000_000_000_000n;

function batch(service: string, id: string, parent: string, fromMs: number, toMs: number) {
  const nanos = (ms: number) => String(startNanos + BigInt(ms) * 1_000_000n);
  return {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeSpans: [
      {
        spans: [
          {
            spanId: id,
            parentSpanId: parent,
            name: `${service} works`,
            kind: 3,
            startTimeUnixNano: nanos(fromMs),
            endTimeUnixNano: nanos(toMs),
            status: { code: service === 'product' ? 2 : 0, message: 'broken' },
            attributes: [{ key: 'retries', value: { intValue: '2' } }],
          },
        ],
      },
    ],
  };
}

const trace: OtlpTrace = {
  batches: [
    batch('product', 'c', 'a', 50, 90),
    batch('order', 'b', 'a', 10, 40),
    batch('gateway', 'a', '', 0, 100),
    batch('account', 'd', 'lost', 60, 70),
    batch('order', 'e', 'b', 20, 30),
  ],
};

test('spans stand under their parents by start, and orphans as roots', () => {
  const { rows, durationMs, services } = layOut(readSpans(trace));
  expect(rows.map(({ span, depth }) => `${span.id}${depth}`)).toEqual([
    'a0',
    'b1',
    'e2',
    'c1',
    'd0',
  ]);
  expect(durationMs).toBe(100);
  expect(services).toEqual(['gateway', 'order', 'product', 'account']);
});

test('bars are fractions of the whole trace', () => {
  const row = layOut(readSpans(trace)).rows.find(({ span }) => span.id === 'c');
  expect([row?.left, row?.width, row?.startsAfterMs]).toEqual([0.5, 0.4, 50]);
});

test('every envelope of OTLP JSON is read', () => {
  const ids = (envelope: OtlpTrace) => readSpans(envelope).map(({ id }) => id);
  const resourceSpans = trace.batches ?? [];
  expect(ids({ resourceSpans })).toEqual(ids(trace));
  expect(ids({ trace: { resourceSpans } })).toEqual(ids(trace));
  expect(ids({})).toEqual([]);
});

test('status, kind and attributes are read as text', () => {
  const span = readSpans(trace).find(({ service }) => service === 'product');
  expect(span).toMatchObject({ failed: true, kind: 'client' });
  expect(span?.attributes).toEqual([
    ['retries', '2'],
    ['status.message', 'broken'],
  ]);
});

test('spans that are each other’s parents are not drawn forever', () => {
  const circle = { batches: [batch('a', '1', '2', 0, 1), batch('b', '2', '1', 0, 1)] };
  expect(layOut(readSpans(circle)).rows.length).toBeLessThanOrEqual(2);
});

test('an empty trace has no rows', () => {
  expect(layOut([])).toMatchObject({ rows: [], durationMs: 0 });
});
