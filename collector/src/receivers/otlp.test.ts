import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { encodeTraces, spansToOtlpJson, tracesFromJson } from '@sprout/wire';
import { eventually } from '@sprout/process/testing';
import { jsonType, post, protobufType } from '../fixture/post.ts';
import { runCollector } from '../fixture/running-collector.ts';
import { testSpan } from '../fixture/spans.ts';
import { testConfig } from '../fixture/test-config.ts';

test('spans in protobuf, gzip and JSON are answered 200 and found by their trace', async (t) => {
  const { http, query } = await runCollector(t, testConfig(t));
  const spans = [testSpan({ name: 'a' }), testSpan({ name: 'b' }), testSpan({ name: 'c' })];
  const [a, b, c] = spans as [(typeof spans)[0], (typeof spans)[0], (typeof spans)[0]];
  const first = await post(`${http}/v1/traces`, encodeTraces([a]), protobufType);
  assert.equal(first.status, 200);
  assert.equal(first.headers.get('content-type'), 'application/x-protobuf');
  assert.equal((await first.arrayBuffer()).byteLength, 0);
  const packed = gzipSync(encodeTraces([b]));
  assert.equal(
    (await post(`${http}/v1/traces`, packed, { ...protobufType, 'content-encoding': 'gzip' }))
      .status,
    200,
  );
  const third = await post(`${http}/v1/traces`, JSON.stringify(spansToOtlpJson([c])), jsonType);
  assert.deepEqual([third.status, await third.json()], [200, {}]);
  for (const { traceId, name } of spans) {
    const found = await eventually(`trace ${name}`, async () => {
      const response = await fetch(`${query}/tempo/api/v2/traces/${traceId}`);
      const { trace } = (await response.json()) as { trace: { resourceSpans?: unknown } };
      return trace.resourceSpans === undefined ? undefined : tracesFromJson(trace);
    });
    assert.deepEqual(
      found.map((span) => span.name),
      [name],
    );
  }
});

test('an empty request is answered 200 and nothing is counted', async (t) => {
  const { http, metric } = await runCollector(t, testConfig(t));
  for (const signal of ['traces', 'logs', 'metrics']) {
    const response = await fetch(`${http}/v1/${signal}`, { method: 'POST', headers: protobufType });
    assert.equal(response.status, 200);
    assert.equal(await metric(`collector_received_items_total{signal="${signal}"}`), 0);
  }
});

test('undecodable bodies are answered 400 with a Status in the type of the request', async (t) => {
  const { http } = await runCollector(t, testConfig(t));
  const binary = await post(`${http}/v1/traces`, Buffer.from([0x0a, 0xff]), protobufType);
  assert.deepEqual(
    [binary.status, binary.headers.get('content-type')],
    [400, 'application/x-protobuf'],
  );
  // google.rpc.Status: code = 1 (INVALID_ARGUMENT is 3).
  assert.deepEqual([...Buffer.from(await binary.arrayBuffer()).subarray(0, 2)], [0x08, 3]);
  const text = await post(`${http}/v1/traces`, '{"resourceSpans": 7}', jsonType);
  assert.equal(text.status, 400);
  assert.equal(((await text.json()) as { code: number }).code, 3);
  const noJson = await post(`${http}/v1/traces`, '{', jsonType);
  assert.equal(noJson.status, 400);
  const notGzip = await post(`${http}/v1/traces`, 'plain', {
    ...protobufType,
    'content-encoding': 'gzip',
  });
  assert.equal(notGzip.status, 400);
});

test('other content types and encodings are answered 415', async (t) => {
  const { http } = await runCollector(t, testConfig(t));
  const type = await fetch(`${http}/v1/logs`, { method: 'POST', body: 'x' });
  assert.equal(type.status, 415);
  const headers = { ...protobufType, 'content-encoding': 'br' };
  const encoding = await fetch(`${http}/v1/logs`, { method: 'POST', body: 'x', headers });
  assert.equal(encoding.status, 415);
});

test('a body is refused with 413 before and after inflating', async (t) => {
  const config = testConfig(t, { collector: { bodyBytesMax: 10_000 } });
  const { http, metric } = await runCollector(t, config);
  const url = `${http}/v1/traces`;
  const large = await fetch(url, {
    method: 'POST',
    headers: protobufType,
    body: Buffer.alloc(10_001),
  });
  assert.equal(large.status, 413);
  const bomb = gzipSync(Buffer.alloc(1_000_000));
  assert.ok(bomb.length < 10_000);
  const headers = { ...protobufType, 'content-encoding': 'gzip' };
  const inflated = await fetch(url, { method: 'POST', headers, body: bomb });
  assert.equal(inflated.status, 413);
  assert.equal(await metric('collector_requests_total{receiver="otlp",code="413"}'), 2);
});

test('a full journal is answered 503 with Retry-After, and nothing is acknowledged', async (t) => {
  const config = testConfig(t, { collector: { journalBytesMax: 2000 } });
  const { http, metric } = await runCollector(t, config);
  const spans = Array.from({ length: 100 }, () => testSpan());
  const response = await post(`${http}/v1/traces`, encodeTraces(spans), protobufType);
  assert.equal(response.status, 503);
  assert.equal(response.headers.get('retry-after'), '5');
  assert.equal(await metric('collector_received_items_total{signal="traces"}'), 0);
  assert.equal(await metric('collector_refused_requests_total{reason="journal_full"}'), 1);
});
