import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeLogs } from '../log/decode.ts';
import { encodeLogs } from '../log/encode.ts';
import { fuzz } from '../testing/fuzz.ts';
import { protoEncode } from '../testing/proto.ts';
import { WireError } from '../wire-error.ts';
import { logsFromLokiJson } from './json.ts';
import { parseStreamLabels } from './labels.ts';
import { logsFromLokiProtobuf } from './protobuf.ts';
import { lokiStreamOf } from './stream.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';

function pushed(value: unknown): unknown {
  return { streams: [{ stream: { service: 'order', level: 'warn' }, values: [value] }] };
}

test('a pushed line becomes a record whose stream labels are recoverable after encoding', () => {
  const records = logsFromLokiJson(
    pushed([
      '1795000000000000001',
      'slow query',
      { trace_id: traceId, spanId: 'b7ad6b7169203331' },
    ]),
  );
  assert.deepEqual(records, [
    {
      timeNs: 1_795_000_000_000_000_001n,
      observedNs: 0n,
      severityText: 'warn',
      severityNumber: 13,
      body: 'slow query',
      attributes: { trace_id: traceId, spanId: 'b7ad6b7169203331' },
      traceId,
      spanId: 'b7ad6b7169203331',
      resource: { 'service.name': 'order', level: 'warn' },
    },
  ]);
  const [decoded] = decodeLogs(encodeLogs(records));
  assert.ok(decoded);
  assert.deepEqual(lokiStreamOf(decoded), { service: 'order', level: 'warn' });
});

test('a trace id is found in a JSON line, in logfmt and behind a message', () => {
  const lines = [
    `{"message":"x","trace_id":"${traceId}"}`,
    `{"traceId": "${traceId.toUpperCase()}"}`,
    `level=info traceID=${traceId} msg=x`,
    `order placed {"trace_id":"${traceId}","span_id":"b7ad6b7169203331"}`,
  ];
  for (const line of lines) {
    assert.equal(logsFromLokiJson(pushed(['1', line]))[0]?.traceId, traceId);
  }
  assert.equal(logsFromLokiJson(pushed(['1', 'no trace_id=here']))[0]?.traceId, '');
});

test('each spelling of a trace id in metadata is understood, a short one is padded', () => {
  for (const key of ['trace_id', 'traceId', 'traceID']) {
    const metadata = { [key]: traceId.slice(0, 16).toUpperCase() };
    const [record] = logsFromLokiJson(pushed(['1', 'line', metadata]));
    assert.equal(record?.traceId, traceId.slice(0, 16).padStart(32, '0'));
  }
});

test('metadata and labels that are not text are kept as far as possible', () => {
  const [record] = logsFromLokiJson({
    streams: [
      {
        stream: { service: 'order', attempt: 3, gone: null },
        values: [['5', 'line', { n: 7, nested: { a: [1, null] }, ok: true }]],
      },
    ],
  });
  assert.deepEqual(record?.resource, { 'service.name': 'order', attempt: '3' });
  assert.deepEqual(record?.attributes, { n: 7, nested: { a: [1, null] }, ok: true });
});

test('what Loki refuses is refused', () => {
  const refused = [
    [],
    pushed([1_795_000_000_000_000_000, 'a number is not a timestamp']),
    pushed(['2026-11-23T00:00:00Z', 'a date is not a timestamp']),
    pushed('not a list'),
    { streams: [{ stream: 'service=order', values: [] }] },
  ];
  for (const push of refused) assert.throws(() => logsFromLokiJson(push), WireError);
});

test('the protobuf push gives the same records', () => {
  const bytes = protoEncode('Push', {
    streams: [
      {
        labels: '{level="warn",service="order"}',
        entries: [
          {
            timestamp: { seconds: '1795000000', nanos: 1 },
            line: 'slow query',
            structuredMetadata: [{ name: 'trace_id', value: traceId }],
          },
        ],
      },
    ],
  });
  const [record] = logsFromLokiProtobuf(bytes);
  assert.equal(record?.timeNs, 1_795_000_000_000_000_001n);
  assert.equal(record?.traceId, traceId);
  assert.ok(record);
  assert.deepEqual(lokiStreamOf(record), { service: 'order', level: 'warn' });
});

test('damaged pushes decode or throw WireError', () => {
  const entries = [{ timestamp: { seconds: '1795000000', nanos: 1 }, line: 'a line' }];
  const streams = [{ labels: '{service="order",a="b"}', entries }];
  assert.deepEqual(fuzz(protoEncode('Push', { streams }), logsFromLokiProtobuf), []);
});

test('label text is unescaped when well-formed, and taken as it stands when not', () => {
  const cases: [string, Record<string, string>][] = [
    ['{}', {}],
    ['{a="b"}', { a: 'b' }],
    ['{a="b", c="d",}', { a: 'b', c: 'd' }],
    [String.raw`{a="quote \" slash \\ line \n"}`, { a: 'quote " slash \\ line \n' }],
    ['{a="say "hi", bob",c="d"}', { a: 'say "hi", bob', c: 'd' }],
    [String.raw`{path="C:\data",c="d"}`, { path: String.raw`C:\data`, c: 'd' }],
    ['{a="b" c="d"}', { a: 'b" c="d' }],
    ['{stack="Error\n  at x",c="{y}"}', { stack: 'Error\n  at x', c: '{y}' }],
  ];
  for (const [text, labels] of cases) assert.deepEqual(parseStreamLabels(text), labels);
  for (const text of ['', 'a="b"', '{a=b}', '{a="b"', '{="b"}']) {
    assert.throws(() => parseStreamLabels(text), WireError, text);
  }
});

test('an OTLP record gets a stream of few labels', () => {
  const stream = lokiStreamOf({
    timeNs: 0n,
    observedNs: 0n,
    severityText: 'ERROR',
    severityNumber: 17,
    body: '',
    attributes: {},
    traceId: '',
    spanId: '',
    resource: { 'service.name': 'order', 'process.pid': 5, 'k8s.pod.name': 'order-1' },
  });
  assert.deepEqual(stream, { service: 'order', k8s_pod_name: 'order-1', level: 'error' });
});
