import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, test } from 'node:test';
import express from 'express';
import { startObserved } from '../../test/observed.ts';
import type { Observed } from '../../test/observed.ts';
import { send } from '../../test/request.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';
let observed: Observed;

before(async () => {
  observed = await startObserved((app, watch) => {
    const router = express.Router();
    router.get('/items/:id', (_request, response) => {
      response.json({ trace: watch.currentTraceId() });
    });
    router.get('/broken', async () => {
      await Promise.reject(new Error('broken'));
    });
    app.use('/shops/:shop', (_request, _response, next) => next(), router);
    app.use('/proxy', (_request, response) => void response.sendStatus(204));
    app.get('/slow', () => {});
    app.get('/hidden', (_request, response) => void response.send('ok'));
  });
});

after(() => observed.stop());

const served = (path: string) =>
  observed.sink.wait(() =>
    observed.sink.spans.find((span) => span.attributes['url.path'] === path),
  );

async function metricLines(pattern: RegExp): Promise<string[]> {
  const { body } = await send(`${observed.url}/metrics`, {
    accept: 'application/openmetrics-text',
  });
  return body.split('\n').filter((line) => pattern.test(line));
}

const inbound = {
  'W3C trace context': { traceparent: `00-${traceId}-${parentId}-01` },
  'B3 in one header': { b3: `${traceId}-${parentId}-1` },
  'B3 in several headers': {
    'x-b3-traceid': traceId,
    'x-b3-spanid': parentId,
    'x-b3-sampled': '1',
  },
};

for (const [form, headers] of Object.entries(inbound)) {
  test(`an inbound trace is continued from ${form}`, async () => {
    const path = `/shops/1/items/${encodeURIComponent(form)}`;
    const { body } = await send(observed.url + path, headers);
    assert.deepEqual(JSON.parse(body), { trace: traceId });
    const span = await served(path);
    assert.deepEqual([span.traceId, span.parentSpanId], [traceId, parentId]);
    assert.deepEqual([span.kind, span.name], ['SERVER', 'GET /shops/:shop/items/:id']);
  });
}

test('the exemplar carries the trace id of the inbound header', async () => {
  const lines = await metricLines(/http_server_request.*_bucket.*items\/:id/);
  const exemplars = lines.flatMap((line) => /# \{trace_id="(\w+)"/.exec(line)?.[1] ?? []);
  assert.ok(exemplars.includes(traceId), lines.join('\n'));
});

test('a request that fails below a mounted router keeps its route', async () => {
  const { status } = await send(`${observed.url}/shops/7/broken`);
  assert.equal(status, 500);
  const span = await served('/shops/7/broken');
  assert.equal(span.attributes['http.route'], '/shops/:shop/broken');
  assert.equal(span.attributes['http.response.status_code'], '500');
  assert.ok(span.error);
});

test('unknown paths share one route value', async () => {
  for (const path of ['/a', '/b/c', '/shops/1/unknown']) await send(observed.url + path);
  const lines = await metricLines(/^http_server_request.*_count.*"404"/);
  assert.equal(lines.length, 1);
  assert.match(lines.join(''), /http_route="unmatched".* 3$/);
});

test('a mounted middleware that answers is named by its mount path', async () => {
  await send(`${observed.url}/proxy/any/thing`);
  assert.equal((await served('/proxy/any/thing')).name, 'GET /proxy');
});

test('a client that goes away is counted as 499', async () => {
  const request = httpRequest(`${observed.url}/slow`);
  request.on('error', () => 'the test itself ends the request').end();
  setTimeout(() => request.destroy(), 100);
  const span = await served('/slow');
  assert.equal(span.attributes['http.response.status_code'], '499');
});

test('invented methods share one label value', async () => {
  const request = httpRequest(`${observed.url}/hidden`, { method: 'PROPFIND' });
  request.on('response', (response) => response.resume()).end();
  await observed.sink.wait(() =>
    observed.sink.spans.some((span) => span.attributes['http.request.method'] === '_OTHER'),
  );
});

test("the platform's own requests are neither traced nor counted", async () => {
  for (const path of ['/healthz', '/readyz', '/metrics']) await send(observed.url + path);
  await send(`${observed.url}/hidden`);
  await served('/hidden');
  const paths = observed.sink.spans.map((span) => span.attributes['url.path']);
  assert.ok(!paths.some((path) => path === '/healthz' || path === '/metrics'));
  assert.deepEqual(await metricLines(/^http_server.*(healthz|readyz|"\/metrics)/), []);
});

test('a probe that fails makes the service not ready and says why', async () => {
  observed.watch.health.check('database', () => Promise.reject(new Error('no connection')));
  const { status, body } = await send(`${observed.url}/readyz`);
  assert.equal(status, 503);
  assert.deepEqual(JSON.parse(body), {
    status: 'not_ready',
    checks: { database: 'no connection' },
  });
  assert.equal((await send(`${observed.url}/healthz`)).status, 200);
});
