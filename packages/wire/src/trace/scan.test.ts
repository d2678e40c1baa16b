import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damaged } from '../testing/fuzz.ts';
import { exampleSpans } from '../testing/examples.ts';
import { protoEncode } from '../testing/proto.ts';
import { WireError } from '../wire-error.ts';
import { decodeTraces } from './decode.ts';
import { encodeTraces } from './encode.ts';
import { scanSpans } from './scan.ts';
import type { ScannedSpan } from './scan.ts';
import { serviceNameOf } from './span.ts';
import type { Span } from './span.ts';

test('a scan finds what derivation and indexing need', () => {
  assert.deepEqual(scanned(encodeTraces(exampleSpans)), [
    {
      serviceName: 'order',
      name: 'GET /orders/{id}',
      kind: 2,
      statusCode: 2,
      startNs: 1_795_000_000_000_000_001n,
      endNs: 1_795_000_000_250_000_001n,
      durationSeconds: 0.25,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      parentSpanId: '',
      httpRoute: '/orders/{id}',
      httpMethod: 'GET',
      httpStatusCode: 503,
      dbSystem: '',
      peer: '',
    },
    {
      serviceName: 'order',
      name: 'SELECT market_order',
      kind: 3,
      statusCode: 0,
      startNs: 1_795_000_000_010_000_000n,
      endNs: 1_795_000_000_012_500_000n,
      durationSeconds: 0.0025,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: '3333333333333333',
      parentSpanId: 'b7ad6b7169203331',
      httpRoute: '',
      httpMethod: '',
      httpStatusCode: 0,
      dbSystem: 'mariadb',
      peer: '127.0.0.1',
    },
  ]);
});

test('a resource behind its spans is found', () => {
  const spans = protoEncode('ResourceSpans', { scopeSpans: [{ spans: [{ name: 'early' }] }] });
  const resource = protoEncode('ResourceSpans', {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'late' } }] },
  });
  const group = Buffer.concat([spans, resource]);
  const bytes = Buffer.concat([Buffer.from([10, group.length]), group]);
  assert.equal(scanned(bytes)[0]?.serviceName, 'late');
  assert.deepEqual(decodeTraces(bytes)[0]?.resource, { 'service.name': 'late' });
});

test('the newer of two attribute names wins, in whichever order they come', () => {
  const pairs = [
    { key: 'http.response.status_code', value: { intValue: 404 } },
    { key: 'http.status_code', value: { stringValue: '200' } },
    { key: 'net.peer.name', value: { stringValue: 'old' } },
    { key: 'peer.service', value: { stringValue: 'account' } },
    { key: 'server.address', value: { stringValue: '10.0.0.1' } },
  ];
  for (const attributes of [pairs, pairs.toReversed()]) {
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [{ attributes }] }] }] };
    const [span] = scanned(protoEncode('Traces', request));
    assert.equal(span?.httpStatusCode, 404);
    assert.equal(span?.peer, 'account');
  }
});

test('a span that ends before it starts lasts 0 seconds', () => {
  const spans = [{ startTimeUnixNano: '5000000000', endTimeUnixNano: '4999999999' }];
  const bytes = protoEncode('Traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });
  assert.equal(scanned(bytes)[0]?.durationSeconds, 0);
});

test('whatever decodes, however damaged, is scanned to the same spans', () => {
  let compared = 0;
  for (const bytes of damaged(encodeTraces(exampleSpans))) {
    const spans = decodedOrUndefined(bytes);
    if (spans) {
      compared++;
      assert.deepEqual(scanned(bytes), spans.map(expectedScan));
    } else {
      try {
        scanned(bytes);
      } catch (error) {
        assert.ok(error instanceof WireError);
      }
    }
  }
  assert.ok(compared > 100, `only ${compared} variants decode`);
});

function decodedOrUndefined(bytes: Uint8Array): Span[] | undefined {
  try {
    return decodeTraces(bytes);
  } catch (error) {
    assert.ok(error instanceof WireError);
    return undefined;
  }
}

function scanned(bytes: Uint8Array): ScannedSpan[] {
  const spans: ScannedSpan[] = [];
  scanSpans(bytes, (span) => spans.push(plain(span)));
  return spans;
}

function plain(span: ScannedSpan): ScannedSpan {
  return {
    serviceName: span.serviceName,
    name: span.name,
    kind: span.kind,
    statusCode: span.statusCode,
    startNs: span.startNs,
    endNs: span.endNs,
    durationSeconds: span.durationSeconds,
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    httpRoute: span.httpRoute,
    httpMethod: span.httpMethod,
    httpStatusCode: span.httpStatusCode,
    dbSystem: span.dbSystem,
    peer: span.peer,
  };
}

function expectedScan(span: Span): ScannedSpan {
  const text = (...keys: string[]): string => {
    const value = keys.map((key) => span.attributes[key]).find((found) => found !== undefined);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const status = Number(text('http.response.status_code', 'http.status_code'));
  const duration = Number(span.endNs - span.startNs) / 1e9;
  return {
    serviceName: serviceNameOf(span.resource),
    name: span.name,
    kind: span.kind,
    statusCode: span.status.code,
    startNs: span.startNs,
    endNs: span.endNs,
    durationSeconds: Math.max(0, duration),
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    httpRoute: text('http.route'),
    httpMethod: text('http.request.method', 'http.method'),
    httpStatusCode: Number.isInteger(status) && status >= 100 && status <= 599 ? status : 0,
    dbSystem: text('db.system.name', 'db.system'),
    peer: text('peer.service', 'server.address', 'net.peer.name'),
  };
}
