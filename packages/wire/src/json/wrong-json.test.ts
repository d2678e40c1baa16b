import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeLogs } from '../log/encode.ts';
import { logsFromJson } from '../log/json.ts';
import { logsFromLokiJson } from '../loki/json.ts';
import { otlpMetricsToSeries } from '../metric/to-series.ts';
import { encodeWriteRequest } from '../series/encode.ts';
import { exampleSpans } from '../testing/examples.ts';
import { encodeTraces } from '../trace/encode.ts';
import { spansToOtlpJson, tracesFromJson } from '../trace/json.ts';
import { WireError } from '../wire-error.ts';
import { zipkinFromSpans } from '../zipkin/from-spans.ts';
import { tracesFromZipkinJson } from '../zipkin/json.ts';

const traces = spansToOtlpJson(exampleSpans);
const logs = {
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'order' } }] },
      scopeLogs: [{ logRecords: [{ timeUnixNano: '5', body: { stringValue: 'x' }, traceId: '' }] }],
    },
  ],
};
const points = {
  aggregationTemporality: 2,
  isMonotonic: true,
  dataPoints: [{ timeUnixNano: '5', asInt: '7', flags: 0, exemplars: [{ asDouble: 1.5 }] }],
};
const buckets = {
  aggregationTemporality: 2,
  dataPoints: [{ count: '3', sum: 1, bucketCounts: ['1', 2], explicitBounds: [0.5] }],
};
const metrics = {
  resourceMetrics: [
    {
      resource: { attributes: [] },
      scopeMetrics: [{ metrics: [{ name: 's', unit: '1', sum: points }, { histogram: buckets }] }],
    },
  ],
};
const push = { streams: [{ stream: { service: 'order' }, values: [['5', 'line', { n: 1 }]] }] };
const zipkin = zipkinFromSpans(exampleSpans);

/** What stands in for each value of an example in turn. */
const wrongValues: unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  1.5,
  1e300,
  Number.NaN,
  '',
  'x',
  '-1',
  '99999999999999999999',
  '__proto__',
  [],
  [null],
  [[]],
  {},
  { value: {} },
];

test('JSON with any value replaced is read and encoded again, or refused with WireError', () => {
  const decoders: [unknown, (value: unknown) => unknown][] = [
    [traces, (value) => encodeTraces(tracesFromJson(value))],
    [logs, (value) => encodeLogs(logsFromJson(value))],
    [metrics, (value) => encodeWriteRequest(otlpMetricsToSeries(value).series)],
    [push, (value) => encodeLogs(logsFromLokiJson(value))],
    [zipkin, (value) => encodeTraces(tracesFromZipkinJson(value))],
  ];
  for (const [example, decode] of decoders) {
    for (const wrong of variants(example)) {
      try {
        decode(wrong);
      } catch (error) {
        assert.ok(error instanceof WireError, `${JSON.stringify(wrong)}: ${String(error)}`);
      }
    }
  }
});

/** The value with every part of it replaced, one at a time, by each wrong value. */
function* variants(value: unknown): Generator<unknown> {
  yield* wrongValues;
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      for (const variant of variants(inner)) yield value.with(index, variant);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      for (const variant of variants(inner)) yield { ...value, [key]: variant };
    }
  }
}
