import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OpenMetricsContentType } from 'prom-client';
import { fuzz } from '../testing/fuzz.ts';
import { WireError } from '../wire-error.ts';
import { parseExposition } from './parse.ts';

const openMetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const plainText = 'text/plain; version=0.0.4';

test('text 0.0.4 is read: types, help, escapes, special values, timestamps in milliseconds', () => {
  const families = parseExposition(
    [
      '# HELP http_requests_total Requests\\nby "code" \\\\.',
      '# TYPE http_requests_total counter',
      '# a comment',
      'http_requests_total{code="200",path="C:\\\\a \\"b\\"\\n"} 1027 1795000000123',
      'http_requests_total { code = "500" , } 3e2',
      '',
      '# TYPE lat histogram',
      'lat_bucket{le="+Inf"} 2',
      'lat_sum NaN',
      'lat_count 2',
      '  untyped_metric\t-Inf  ',
      '',
    ].join('\n'),
    plainText,
  );
  assert.deepEqual(families, [
    {
      name: 'http_requests_total',
      type: 'counter',
      help: 'Requests\nby "code" \\.',
      unit: '',
      samples: [
        {
          name: 'http_requests_total',
          labels: [
            ['code', '200'],
            ['path', 'C:\\a "b"\n'],
          ],
          value: 1027,
          timestampMs: 1_795_000_000_123,
        },
        { name: 'http_requests_total', labels: [['code', '500']], value: 300 },
      ],
    },
    {
      name: 'lat',
      type: 'histogram',
      help: '',
      unit: '',
      samples: [
        { name: 'lat_bucket', labels: [['le', '+Inf']], value: 2 },
        { name: 'lat_sum', labels: [], value: Number.NaN },
        { name: 'lat_count', labels: [], value: 2 },
      ],
    },
    {
      name: 'untyped_metric',
      type: 'untyped',
      help: '',
      unit: '',
      samples: [{ name: 'untyped_metric', labels: [], value: -Infinity }],
    },
  ]);
});

test('OpenMetrics is read: units, timestamps in seconds, exemplars', () => {
  const [family] = parseExposition(
    [
      '# TYPE rpc_seconds histogram',
      '# UNIT rpc_seconds seconds',
      'rpc_seconds_bucket{le="0.5"} 8 1795000000.5 # {trace_id="a#b"} 0.43 1795000000.25',
      'rpc_seconds_bucket{le="+Inf"} 9 # {} 4',
      '# EOF',
      '',
    ].join('\n'),
    openMetrics,
  );
  assert.equal(family?.unit, 'seconds');
  assert.deepEqual(family?.samples, [
    {
      name: 'rpc_seconds_bucket',
      labels: [['le', '0.5']],
      value: 8,
      timestampMs: 1_795_000_000_500,
      exemplar: { labels: [['trace_id', 'a#b']], value: 0.43, timestampMs: 1_795_000_000_250 },
    },
    {
      name: 'rpc_seconds_bucket',
      labels: [['le', '+Inf']],
      value: 9,
      exemplar: { labels: [], value: 4 },
    },
  ]);
});

test('what prom-client exposes is read, exemplars included', async () => {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const orders = new Counter<'outcome' | 'trace_id'>({
    name: 'market_orders_placed_total',
    help: 'Orders placed.',
    labelNames: ['outcome'],
    registers: [registry],
    enableExemplars: true,
  });
  orders.inc({
    labels: { outcome: 'acc"ep\\ted' },
    value: 2,
    exemplarLabels: { trace_id: '0af7651916cd43dd8448eb211c80319c' },
  });
  const latency = new Histogram<'route' | 'trace_id' | 'span_id'>({
    name: 'http_server_request_duration_seconds',
    help: 'Duration.',
    labelNames: ['route'],
    buckets: [0.3, 2],
    registers: [registry],
    enableExemplars: true,
  });
  latency.observe({
    labels: { route: '/orders' },
    value: 1.25,
    exemplarLabels: { trace_id: 'abc', span_id: 'def' },
  });
  new Gauge({ name: 'pool_size', help: 'Pool.', registers: [registry] }).set(-0.5);

  const families = parseExposition(await registry.metrics(), registry.contentType);
  assert.deepEqual(
    families.map(({ name, type, samples }) => `${name} ${type} ${samples.length}`),
    [
      'market_orders_placed counter 1',
      'http_server_request_duration_seconds histogram 5',
      'pool_size gauge 1',
    ],
  );
  const [counter] = families[0]?.samples ?? [];
  assert.equal(counter?.name, 'market_orders_placed_total');
  assert.deepEqual(counter?.labels, [['outcome', 'acc"ep\\ted']]);
  assert.deepEqual(counter?.exemplar?.labels, [['trace_id', '0af7651916cd43dd8448eb211c80319c']]);
  const bucket = families[1]?.samples.find(({ exemplar }) => exemplar);
  assert.equal(bucket?.exemplar?.value, 1.25);
  assert.ok(Math.abs((bucket?.exemplar?.timestampMs ?? 0) - Date.now()) < 60_000);
  assert.ok(bucket?.labels.some(([name, value]) => name === 'le' && value === '2'));
});

test('a malformed line fails the scrape with its number', () => {
  const wrong: [string, string, RegExp][] = [
    ['a 1\nb{x="1} 2', plainText, /line 2: labels are malformed/],
    ['a{x="1",x="2"} 1', plainText, /label x is given twice/],
    ['a{x="1" y="2"} 1', plainText, /labels are malformed/],
    ['a', plainText, /value "" is not a number/],
    ['a 0x10', plainText, /value "0x10" is not a number/],
    ['a 1 2 3', plainText, /at most a timestamp/],
    ['a 1 NaN', plainText, /timestamp "NaN" is not a number/],
    ['1a 1', plainText, /starts with a metric name/],
    ['# TYPE a meter', plainText, /type "meter" is not known/],
    ['a 1\n', openMetrics, /ends without # EOF/],
    ['a 1\n# EOF\nb 1\n', openMetrics, /line 3: text after # EOF/],
    ['a 1 # x\n# EOF\n', openMetrics, /an exemplar starts with labels/],
  ];
  for (const [text, contentType, message] of wrong) {
    assert.throws(
      () => parseExposition(text, contentType),
      (error) => error instanceof WireError && message.test(error.message),
      text,
    );
  }
});

test('damaged text parses or throws WireError', () => {
  const text = '# TYPE a counter\na_total{b="c\\n"} 1 # {d="e"} 2 3\n# EOF\n';
  const parse = (bytes: Uint8Array): unknown =>
    parseExposition(Buffer.from(bytes).toString('utf8'), openMetrics);
  assert.deepEqual(fuzz(Buffer.from(text), parse), []);
});
