import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleSpans } from '../testing/examples.ts';
import { fuzz } from '../testing/fuzz.ts';
import { protoEncode } from '../testing/proto.ts';
import { WireError } from '../wire-error.ts';
import { zipkinFromSpans } from './from-spans.ts';
import { tracesFromZipkinJson } from './json.ts';
import { tracesFromZipkinProtobuf } from './protobuf.ts';

const example = {
  traceId: '48485a3953bb6124',
  parentId: '6b221d5bc9e6496c',
  id: '5b4185666d50f68b',
  name: 'get /orders',
  kind: 'CLIENT',
  timestamp: 1_795_000_000_000_123,
  duration: 207_000,
  localEndpoint: { serviceName: 'gateway', ipv4: '127.0.0.1' },
  remoteEndpoint: { serviceName: 'order', ipv6: '2001:db8::c001', port: 8662 },
  annotations: [{ timestamp: 1_795_000_000_000_200, value: 'retry' }],
  tags: {
    'http.route': '/orders',
    'http.status_code': '500',
    error: 'boom',
    'host.name': 'node-1',
  },
  shared: true,
};

test('a Zipkin span becomes an OpenTelemetry span', () => {
  assert.deepEqual(tracesFromZipkinJson([example]), [
    {
      traceId: '000000000000000048485a3953bb6124',
      spanId: '5b4185666d50f68b',
      parentSpanId: '6b221d5bc9e6496c',
      name: 'get /orders',
      kind: 3,
      startNs: 1_795_000_000_000_123_000n,
      endNs: 1_795_000_000_207_123_000n,
      attributes: {
        'http.route': '/orders',
        'http.status_code': 500,
        'network.local.address': '127.0.0.1',
        'network.peer.address': '2001:db8::c001',
        'network.peer.port': 8662,
        'peer.service': 'order',
        'zipkin.shared': true,
      },
      events: [{ timeNs: 1_795_000_000_000_200_000n, name: 'retry', attributes: {} }],
      links: [],
      status: { code: 2, message: 'boom' },
      resource: { 'service.name': 'gateway', 'host.name': 'node-1' },
      scope: '',
    },
  ]);
});

test('a Zipkin span comes back as it was, with a 128-bit trace id and its status as a tag', () => {
  assert.deepEqual(zipkinFromSpans(tracesFromZipkinJson([example])), [
    {
      ...example,
      traceId: '000000000000000048485a3953bb6124',
      tags: { ...example.tags, 'otel.status_code': 'ERROR' },
    },
  ]);
});

test('an OpenTelemetry span keeps its meaning on the way through Zipkin', () => {
  const zipkin: unknown = JSON.parse(JSON.stringify(zipkinFromSpans(exampleSpans)));
  const [span, child] = tracesFromZipkinJson(zipkin);
  assert.equal(span?.kind, 2);
  assert.deepEqual(span?.status, { code: 2, message: 'timed out' });
  assert.equal(span?.attributes['http.response.status_code'], 503);
  assert.deepEqual(span?.resource, { 'service.name': 'order', 'process.pid': '4711' });
  assert.equal(span?.scope, 'http');
  assert.equal(child?.parentSpanId, 'b7ad6b7169203331');
});

test('an empty list is valid; malformed spans and the shape of v1 are refused', () => {
  assert.deepEqual(tracesFromZipkinJson([]), []);
  const refused: unknown[] = [
    {},
    'spans',
    [{ id: '1' }],
    [{ traceId: 'xyz', id: '1' }],
    [{ traceId: '1', id: '1', timestamp: 'now' }],
    [{ traceId: '1', id: '1', duration: -1 }],
    [{ traceId: '1', id: '1', kind: 'INTERNAL' }],
    [{ traceId: '1', id: '1', binaryAnnotations: [] }],
    [{ traceId: '1', id: '1', annotations: [{ timestamp: 1, value: 'sr', endpoint: {} }] }],
  ];
  for (const spans of refused) assert.throws(() => tracesFromZipkinJson(spans), WireError);
});

test('the protobuf list gives the same spans', () => {
  assert.deepEqual(tracesFromZipkinProtobuf(exampleList()), tracesFromZipkinJson([example]));
});

test('damaged lists decode or throw WireError', () => {
  assert.deepEqual(fuzz(exampleList(), tracesFromZipkinProtobuf), []);
});

function exampleList(): Uint8Array {
  return protoEncode('ZipkinSpans', {
    spans: [
      {
        ...example,
        traceId: Buffer.from(example.traceId, 'hex'),
        parentId: Buffer.from(example.parentId, 'hex'),
        id: Buffer.from(example.id, 'hex'),
        kind: 1,
        localEndpoint: { serviceName: 'gateway', ipv4: Buffer.from([127, 0, 0, 1]) },
        remoteEndpoint: {
          serviceName: 'order',
          ipv6: Buffer.from('20010db800000000000000000000c001', 'hex'),
          port: 8662,
        },
      },
    ],
  });
}
