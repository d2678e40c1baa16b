import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimeSeries } from '../series/time-series.ts';
import { fuzz } from '../testing/fuzz.ts';
import { protoEncode } from '../testing/proto.ts';
import { WireError } from '../wire-error.ts';
import { prometheusLabel, prometheusName } from './name.ts';
import { otlpMetricsToSeries } from './to-series.ts';

const timeUnixNano = '1795000000500000000';
const resource = {
  attributes: [
    { key: 'service.name', value: { stringValue: 'order' } },
    { key: 'service.instance.id', value: { stringValue: 'a' } },
  ],
};
const histogram = {
  name: 'http.server.request.duration',
  unit: 's',
  histogram: {
    aggregationTemporality: 2,
    dataPoints: [
      {
        timeUnixNano,
        count: '6',
        sum: 9.5,
        bucketCounts: ['1', '2', '3'],
        explicitBounds: [0.3, 2],
        attributes: [{ key: 'http.route', value: { stringValue: '/orders' } }],
        exemplars: [
          { timeUnixNano, asDouble: 1.5, traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) },
        ],
      },
    ],
  },
};
const sum = {
  name: 'orders.placed',
  unit: '{order}',
  sum: {
    aggregationTemporality: 2,
    isMonotonic: true,
    dataPoints: [{ timeUnixNano, asInt: '12' }],
  },
};

function request(...metrics: object[]): { resourceMetrics: object[] } {
  return { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] };
}

function lines(series: readonly TimeSeries[]): string[] {
  return series.map(({ labels, samples }) => {
    const text = labels.map(([name, value]) => `${name}=${value}`).join(' ');
    return `${text} -> ${samples.map(({ value, timestampMs }) => `${value}@${timestampMs}`).join()}`;
  });
}

const expected = [
  '__name__=http_server_request_duration_seconds_bucket http_route=/orders instance=a job=order le=0.3 service=order -> 1@1795000000500',
  '__name__=http_server_request_duration_seconds_bucket http_route=/orders instance=a job=order le=2 service=order -> 3@1795000000500',
  '__name__=http_server_request_duration_seconds_bucket http_route=/orders instance=a job=order le=+Inf service=order -> 6@1795000000500',
  '__name__=http_server_request_duration_seconds_count http_route=/orders instance=a job=order service=order -> 6@1795000000500',
  '__name__=http_server_request_duration_seconds_sum http_route=/orders instance=a job=order service=order -> 9.5@1795000000500',
  '__name__=orders_placed_total instance=a job=order service=order -> 12@1795000000500',
];

test('histograms and sums become series with suffixes, service and job', () => {
  const { series, accepted, rejected, reason } = otlpMetricsToSeries(request(histogram, sum));
  assert.deepEqual(lines(series), expected);
  assert.deepEqual([accepted, rejected, reason], [2, 0, '']);
});

test('an exemplar goes to the bucket it fell into', () => {
  const { series } = otlpMetricsToSeries(request(histogram));
  assert.deepEqual(
    series.map(({ exemplars }) => exemplars?.length ?? 0),
    [0, 1, 0, 0, 0],
  );
  assert.deepEqual(series[1]?.exemplars, [
    {
      labels: [
        ['span_id', 'cd'.repeat(8)],
        ['trace_id', 'ab'.repeat(16)],
      ],
      value: 1.5,
      timestampMs: 1_795_000_000_500,
    },
  ]);
});

test('protobuf and JSON give the same series', () => {
  assert.deepEqual(
    otlpMetricsToSeries(metricsBytes()),
    otlpMetricsToSeries(request(histogram, sum)),
  );
});

test('delta temporality, exponential histograms and crooked buckets are rejected by name', () => {
  const [point] = histogram.histogram.dataPoints;
  const result = otlpMetricsToSeries(
    request(
      { ...sum, name: 'delta', sum: { ...sum.sum, aggregationTemporality: 1 } },
      { name: 'exp', exponentialHistogram: { dataPoints: [{}, {}] } },
      {
        name: 'crooked',
        histogram: { aggregationTemporality: 2, dataPoints: [{ ...point, bucketCounts: ['1'] }] },
      },
      { name: 'load', gauge: { dataPoints: [{ timeUnixNano, asDouble: 0.5 }] } },
    ),
  );
  assert.deepEqual([result.accepted, result.rejected], [1, 4]);
  assert.equal(
    result.reason,
    'delta: only cumulative temporality is supported; ' +
      'exp: exponential histograms are not supported, use explicit buckets; ' +
      'crooked: 1 buckets do not fit 2 bounds',
  );
});

test('a point without a recorded value ends its series', () => {
  const points = { dataPoints: [{ timeUnixNano, flags: 1 }] };
  const { series } = otlpMetricsToSeries(request({ name: 'g', gauge: points }));
  assert.deepEqual(series[0]?.samples, [
    { value: Number.NaN, timestampMs: 1_795_000_000_500, stale: true },
  ]);
});

test('names follow the Prometheus translation', () => {
  const cases: [string, string, 'gauge' | 'sum' | 'histogram', boolean, string][] = [
    ['process.cpu.time', 's', 'sum', true, 'process_cpu_time_seconds_total'],
    ['requests_total', '1', 'sum', true, 'requests_total'],
    ['requests.total.seconds', 's', 'sum', true, 'requests_seconds_total'],
    ['system.memory.utilization', '1', 'gauge', false, 'system_memory_utilization_ratio'],
    ['nodejs.heap.size', 'By', 'gauge', false, 'nodejs_heap_size_bytes'],
    ['disk.io', 'By/s', 'gauge', false, 'disk_io_bytes_per_second'],
    ['request.duration_seconds', 's', 'histogram', false, 'request_duration_seconds'],
    ['2xx', '{response}', 'sum', false, '_2xx'],
  ];
  for (const [name, unit, kind, monotonic, expectedName] of cases) {
    assert.equal(prometheusName({ name, unit, kind, monotonic }), expectedName);
  }
  assert.equal(prometheusLabel('http.response.status-code'), 'http_response_status_code');
  assert.equal(prometheusLabel('1st'), 'key_1st');
});

test('damaged requests decode or throw WireError', () => {
  assert.deepEqual(fuzz(metricsBytes(), otlpMetricsToSeries), []);
  assert.throws(() => otlpMetricsToSeries('metrics'), WireError);
});

function metricsBytes(): Uint8Array {
  const [point] = histogram.histogram.dataPoints;
  const exemplars = point?.exemplars.map((exemplar) => ({
    ...exemplar,
    traceId: Buffer.from(exemplar.traceId, 'hex'),
    spanId: Buffer.from(exemplar.spanId, 'hex'),
  }));
  const dataPoints = [{ ...point, exemplars }];
  return protoEncode(
    'Metrics',
    request({ ...histogram, histogram: { ...histogram.histogram, dataPoints } }, sum),
  );
}
