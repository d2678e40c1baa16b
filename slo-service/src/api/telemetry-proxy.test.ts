import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { listen } from '@sprout/process';
import type { Listening } from '@sprout/process';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';

/** What reached the query API of logs and traces. */
const asked: { method: string | undefined; url: string | undefined; cookie: string | undefined }[] =
  [];
let backend: Listening;
let service: RunningService;

before(async () => {
  backend = await listen(
    ({ method, url, headers }, response) => {
      asked.push({ method, url, cookie: headers.cookie });
      response.setHeader('content-type', 'application/json').end('{"status":"success"}');
    },
    { host: '127.0.0.1', port: 0 },
  );
  const vanished = createServer();
  await new Promise<void>((resolve) => vanished.listen(0, '127.0.0.1', resolve));
  const address = vanished.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await new Promise((resolve) => vanished.close(resolve));
  const series = shopSeries({ untilMs: Date.now(), minutes: 2, ok: () => 1, failed: () => 0 });
  const url = `http://127.0.0.1:${port}`;
  service = await runningService(series, {
    telemetry: { query: { url: backend.url }, alertmanager: { url } },
  });
});

after(async () => {
  await service.stop();
  await backend.close();
});

const proxied = (path: string, init: RequestInit = {}) =>
  fetch(`${service.url}/telemetry${path}`, init);

describe('the proxy', () => {
  it('asks Prometheus by GET and by POST form', async () => {
    const byGet = await proxied('/prometheus/api/v1/query?query=up');
    const byPost = await proxied('/prometheus/api/v1/query', {
      method: 'POST',
      body: new URLSearchParams({ query: 'up' }),
    });
    for (const response of [byGet, byPost]) {
      assert.equal(response.status, 200);
      assert.equal((await response.text()).includes('"service":"shop"'), true);
    }
  });

  it('passes on what Prometheus says of a bad query', async () => {
    const response = await proxied('/prometheus/api/v1/query?query=%28');
    assert.equal(response.status, 400);
    assert.match(await response.text(), /bad_data/);
  });

  it('finds Tempo below its prefix and Loki as it is', async () => {
    await proxied('/tempo/api/traces/abc?x=1');
    assert.equal(asked.at(-1)?.url, '/tempo/api/traces/abc?x=1');
    await proxied('/loki/loki/api/v1/query_range?query=%7Ba%3D%22b%22%7D');
    assert.equal(asked.at(-1)?.url, '/loki/api/v1/query_range?query=%7Ba%3D%22b%22%7D');
  });

  it('keeps cookies to itself', async () => {
    await proxied('/tempo/api/traces/abc', { headers: { cookie: 'SESSION=1' } });
    assert.equal(asked.at(-1)?.cookie, undefined);
  });

  const refused = [
    ['POST', '/prometheus/api/v1/write'],
    ['POST', '/prometheus/api/v1/admin/tsdb/delete_series'],
    ['GET', '/prometheus/api/v1/admin/tsdb/snapshot'],
    ['POST', '/prometheus/-/reload'],
    ['GET', '/prometheus/metrics'],
    ['GET', '/prometheus/api/v1/%2e%2e/%2e%2e/metrics'],
    ['DELETE', '/prometheus/api/v1/query'],
    ['POST', '/loki/loki/api/v1/push'],
    ['POST', '/alertmanager/api/v2/silences'],
  ] as const;
  for (const [method, path] of refused) {
    it(`does not pass on ${method} ${path}`, async () => {
      const response = await proxied(path, { method });
      assert.equal(response.status, 403);
      assert.match(await response.text(), /PROXY_REFUSED/);
    });
  }

  it('says that a backend does not answer', async () => {
    const response = await proxied('/alertmanager/api/v2/alerts');
    assert.equal(response.status, 502);
    const body = await response.text();
    assert.match(body, /BACKEND_UNREACHABLE/);
    assert.match(body, /alertmanager/);
  });
});
