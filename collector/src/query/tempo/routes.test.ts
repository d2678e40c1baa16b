import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { decodeTraces, encodeTraces } from '@sprout/wire';
import { eventually } from '@sprout/process/testing';
import { post, protobufType } from '../../fixture/post.ts';
import { runCollector } from '../../fixture/running-collector.ts';
import { testSpan } from '../../fixture/spans.ts';
import { testConfig } from '../../fixture/test-config.ts';

/** One slow trace through two services that failed, and a fast one. */
async function runWithTraces(t: TestContext) {
  const { http, query } = await runCollector(t, testConfig(t));
  const startNs = BigInt(Date.now() - 5000) * 1_000_000n;
  const root = testSpan({
    service: 'gateway',
    name: 'GET /order',
    startNs,
    endNs: startNs + 2_000_000_000n,
  });
  const inner = testSpan({
    traceId: root.traceId,
    parentSpanId: root.spanId,
    startNs: startNs + 1n,
    status: { code: 2, message: 'no stock' },
    attributes: { 'http.response.status_code': 500, 'http.route': '/orders' },
  });
  const fast = testSpan({ service: 'product', name: 'GET /products' });
  await post(`${http}/v1/traces`, encodeTraces([root, inner, fast]), protobufType);
  const get = (path: string, parameters: Record<string, string> = {}, headers = {}) =>
    fetch(`${query}/tempo/api${path}?${new URLSearchParams(parameters)}`, { headers });
  await eventually('the trace', async () => (await get(`/traces/${root.traceId}`)).ok);
  return { get, root, inner, fast };
}

test('a trace is answered as JSON and protobuf in both versions', async (t) => {
  const { get, root, inner } = await runWithTraces(t);
  const accept = { accept: 'application/protobuf' };
  const names = [root.name, inner.name];
  const v1 = await get(`/traces/${root.traceId}`, {}, accept);
  assert.equal(v1.headers.get('content-type'), 'application/protobuf');
  const spans = decodeTraces(new Uint8Array(await v1.arrayBuffer()));
  assert.deepEqual(
    spans.map(({ name }) => name),
    names,
  );
  const v2 = Buffer.from(await (await get(`/v2/traces/${root.traceId}`, {}, accept)).arrayBuffer());
  // TraceByIDResponse.trace = 1; the length takes two bytes.
  assert.equal(v2[0], 0x0a);
  assert.equal(decodeTraces(v2.subarray(3)).length, 2);
  const json = (await (await get(`/traces/${root.traceId}`)).json()) as { batches: unknown[] };
  assert.equal(json.batches.length, 2);
});

test('an unknown trace is 404 in version 1, empty in version 2, and a bad id 400', async (t) => {
  const { get } = await runWithTraces(t);
  const unknown = 'f'.repeat(32);
  assert.equal((await get(`/traces/${unknown}`)).status, 404);
  const v2 = await get(`/v2/traces/${unknown}`);
  assert.deepEqual([v2.status, await v2.json()], [200, { trace: {} }]);
  assert.equal((await get('/traces/xyz')).status, 400);
});

test('a search by TraceQL or tags tells root, duration and matching spans', async (t) => {
  const { get, root, fast } = await runWithTraces(t);
  const search = async (parameters: Record<string, string>) => {
    const response = await get('/search', parameters);
    assert.equal(response.status, 200, await response.clone().text());
    const { traces } = (await response.json()) as { traces: Record<string, unknown>[] };
    return traces;
  };
  const [found, ...others] = await search({
    q: '{ resource.service.name = "order" && status = error && .http.response.status_code >= 500 }',
  });
  assert.equal(others.length, 0);
  assert.deepEqual(
    { ...found, spanSets: undefined, startTimeUnixNano: undefined },
    {
      traceID: root.traceId,
      rootServiceName: 'gateway',
      rootTraceName: 'GET /order',
      durationMs: 2000,
      spanSets: undefined,
      startTimeUnixNano: undefined,
    },
  );
  const ids = async (parameters: Record<string, string>) =>
    (await search(parameters)).map(({ traceID }) => traceID);
  assert.deepEqual(await ids({ q: '{}' }), [fast.traceId, root.traceId]);
  assert.deepEqual(await ids({ q: '{ duration > 1s }' }), [root.traceId]);
  assert.deepEqual(await ids({ q: '{ name =~ "GET /prod.*" }' }), [fast.traceId]);
  assert.deepEqual(await ids({ q: '{ span.http.route != "/orders" }' }), []);
  assert.deepEqual(await ids({ tags: 'service.name=product' }), [fast.traceId]);
  assert.deepEqual(await ids({ tags: 'http.response.status_code=500' }), [root.traceId]);
  assert.deepEqual(await ids({ minDuration: '1500ms' }), [root.traceId]);
  assert.deepEqual(await ids({ q: '{}', limit: '1' }), [fast.traceId]);
  assert.deepEqual(await ids({ q: '{}', end: '1000' }), []);
});

test('tags and their values are told', async (t) => {
  const { get } = await runWithTraces(t);
  const json = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>;
  const { tagNames } = await json('/search/tags');
  assert.ok((tagNames as string[]).includes('http.route'));
  assert.deepEqual((await json('/search/tag/service.name/values'))['tagValues'], [
    'gateway',
    'order',
    'product',
  ]);
  assert.deepEqual((await json('/v2/search/tag/span.http.route/values'))['tagValues'], [
    { type: 'string', value: '/orders' },
  ]);
});

test('what TraceQL is not supported is refused by name; echo answers', async (t) => {
  const { get } = await runWithTraces(t);
  const refused = await get('/search', { q: '{} | count() > 2' });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /"\|" is not supported here\nsupported: /);
  assert.equal(await (await get('/echo')).text(), 'echo');
});
