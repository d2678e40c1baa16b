import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { eventually } from '@sprout/process/testing';
import { jsonType, post } from '../../fixture/post.ts';
import { runCollector } from '../../fixture/running-collector.ts';
import { testConfig } from '../../fixture/test-config.ts';

const nowUs = Date.now() * 1000;
const traceId = '463ac35c9f6413ad';
const spans = [
  {
    traceId,
    id: 'aaaaaaaaaaaaaaaa',
    name: 'get /order',
    kind: 'CLIENT',
    timestamp: nowUs,
    duration: 250_000,
    localEndpoint: { serviceName: 'gateway' },
    tags: { 'http.method': 'GET' },
  },
  {
    traceId,
    id: 'bbbbbbbbbbbbbbbb',
    parentId: 'aaaaaaaaaaaaaaaa',
    name: 'get /orders',
    kind: 'SERVER',
    timestamp: nowUs + 1000,
    duration: 200_000,
    localEndpoint: { serviceName: 'order' },
    tags: { error: 'no stock' },
  },
];

test('spans in Zipkin JSON are answered 202 and found through every Zipkin query', async (t) => {
  const { zipkin, query } = await runCollector(t, testConfig(t));
  const sent = await post(`${zipkin}/api/v2/spans`, JSON.stringify(spans), jsonType);
  assert.deepEqual([sent.status, await sent.text()], [202, '']);
  const get = async (path: string, base = zipkin) => {
    const response = await fetch(`${base}/api/v2/${path}`);
    return response.ok ? ((await response.json()) as unknown) : response.status;
  };
  const trace = await eventually('the trace', async () => {
    const found = await get(`trace/${traceId}`);
    return found === 404 ? undefined : (found as { id: string; duration: number }[]);
  });
  assert.deepEqual(
    trace.map(({ id, duration }) => [id, duration]),
    [
      ['aaaaaaaaaaaaaaaa', 250_000],
      ['bbbbbbbbbbbbbbbb', 200_000],
    ],
  );
  assert.deepEqual(await get(`trace/${traceId}`, query), trace);
  assert.deepEqual(await get('services'), ['gateway', 'order']);
  assert.deepEqual(await get('spans?serviceName=order'), ['get /orders']);
  assert.deepEqual(await get('dependencies?endTs=' + (Date.now() + 1000)), [
    { parent: 'gateway', child: 'order', callCount: 1, errorCount: 1 },
  ]);
  const count = async (search: string) => ((await get(`traces?${search}`)) as unknown[]).length;
  assert.equal(await count('serviceName=order'), 1);
  assert.equal(await count('serviceName=order&minDuration=200001'), 0);
  assert.equal(
    await count('serviceName=gateway&minDuration=200001&annotationQuery=http.method%3DGET'),
    1,
  );
  assert.equal(await count('annotationQuery=error'), 1);
  assert.equal(await count('serviceName=gateway&annotationQuery=error'), 0);
  assert.equal(await count('spanName=get%20/orders&lookback=1&endTs=1000'), 0);
  assert.equal(await get('traces?minDuration=x'), 400);
  assert.equal(await get('trace/ffff'), 404);
});

test('gzip is taken, an empty list is 202, what is malformed is 400 in plain text', async (t) => {
  const { zipkin, metric } = await runCollector(t, testConfig(t));
  const url = `${zipkin}/api/v2/spans`;
  const gzip = { ...jsonType, 'content-encoding': 'gzip' };
  assert.equal((await post(url, gzipSync(JSON.stringify(spans)), gzip)).status, 202);
  assert.equal((await post(url, '[]', jsonType)).status, 202);
  const malformed = await post(url, '[{"traceId":"x"}]', jsonType);
  assert.equal(malformed.status, 400);
  assert.match(malformed.headers.get('content-type') ?? '', /^text\/plain/);
  assert.equal(await metric('collector_received_items_total{signal="traces"}'), 2);
  assert.equal(await metric('collector_requests_total{receiver="zipkin",code="202"}'), 2);
});
