import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { SproutError } from '@sprout/process';
import { apply, createGrafanaClient, folder, plan } from '../index.ts';
import { startStandIn } from '../testing/stand-in.ts';
import type { StandIn } from '../testing/stand-in.ts';

let grafana: StandIn;
beforeEach(async () => {
  grafana = await startStandIn();
});
afterEach(() => grafana.close());

const connect = (options: { token?: string; retryAfterMsMax?: number } = {}) =>
  createGrafanaClient({ url: grafana.url, token: grafana.token, ...options });

test('URL and token come from the environment, and without them the error says how to set them', () => {
  const environment = { GRAFANA_URL: grafana.url, GRAFANA_TOKEN: 't' };
  assert.ok(createGrafanaClient({}, environment));
  for (const missing of [{}, { GRAFANA_URL: grafana.url }, { ...environment, GRAFANA_URL: 'x' }])
    assert.throws(() => createGrafanaClient({}, missing), {
      code: 'GRAFANA_UNCONFIGURED',
      hint: /GRAFANA_URL/,
    });
});

test('a wrong token is named as such and never printed', async () => {
  const token = 'glsa_do-not-print-me';
  await assert.rejects(connect({ token }).list(folder), (error) => {
    assert.ok(error instanceof SproutError && error.code === 'GRAFANA_UNAUTHORIZED');
    assert.ok(!`${error.stack}${error.hint}${JSON.stringify(error)}`.includes(token));
    return true;
  });
});

test('a token or URL that fetch would quote in its message is refused unseen', () => {
  const url = grafana.url.replace('//', '//user:pass@');
  for (const options of [
    { url, token: 't' },
    { url: grafana.url, token: 'pass\nword' },
  ])
    assert.throws(
      () => createGrafanaClient(options, {}),
      ({ code, message }: SproutError) => code === 'GRAFANA_UNCONFIGURED' && !/pass/.test(message),
    );
});

test('each refusal has a code of its own', async () => {
  const codes = new Map([
    [400, 'GRAFANA_REFUSED'],
    [403, 'GRAFANA_FORBIDDEN'],
    [404, 'GRAFANA_NOT_FOUND'],
    [409, 'GRAFANA_CONFLICT'],
    [422, 'GRAFANA_REFUSED'],
    [502, 'GRAFANA_FAILED'],
  ]);
  for (const [status, code] of codes) {
    grafana.failNext(status);
    await assert.rejects(connect().list(folder), { code, message: /as the test asked/ });
  }
});

test('what Grafana finds wrong with a resource is told', async () => {
  await assert.rejects(connect().create({ ...folder, spec: {} }), {
    code: 'GRAFANA_REFUSED',
    message: /422.*title/s,
  });
});

test('a throttled request waits as Retry-After asks and is repeated', async () => {
  grafana.failNext(429, { 'retry-after': '0' });
  grafana.failNext(429, { 'retry-after': new Date(0).toUTCString() });
  assert.deepEqual(await connect().list(folder), []);
  assert.equal(grafana.requests.length, 3);
});

test('a Retry-After beyond the bound, or too many of them, is given up', async () => {
  grafana.failNext(429, { 'retry-after': '3600' });
  await assert.rejects(connect().list(folder), { code: 'GRAFANA_THROTTLED' });
  assert.equal(grafana.requests.length, 1);
  for (let times = 0; times < 4; times += 1) grafana.failNext(429, { 'retry-after': '0' });
  await assert.rejects(connect().list(folder), { code: 'GRAFANA_THROTTLED' });
  assert.equal(grafana.requests.length, 5);
});

test('a long list is read page by page', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `folder-${index}`);
  for (const name of names)
    grafana.store.create('folders', folder.apiVersion, { ...folder, metadata: { name } });
  const listed = await connect().list(folder);
  assert.deepEqual(
    listed.map(({ metadata }) => metadata.name),
    names,
  );
  assert.equal(grafana.requests.length, 3);
});

test('a dead Grafana is one clear error, and apply does not knock again for every change', async () => {
  const changes = await plan(connect(), [folder, { ...folder, metadata: { name: 'second' } }]);
  const client = connect();
  await grafana.close();
  await assert.rejects(client.list(folder), {
    code: 'GRAFANA_UNREACHABLE',
    message: /no answer from http:\/\/127\.0\.0\.1:\d+ to GET .*ECONNREFUSED/,
  });
  const { done, failed } = await apply(client, changes);
  assert.deepEqual([done.length, failed.length], [0, 2]);
  assert.equal(failed[0]?.error, failed[1]?.error);
});

test('a Grafana that says nothing is given up after the timeout', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const address = silent.address();
  assert.ok(typeof address === 'object' && address !== null);
  const url = `http://127.0.0.1:${address.port}`;
  const client = createGrafanaClient({ url, token: 't', timeoutMs: 50 });
  await assert.rejects(client.list(folder), { code: 'GRAFANA_UNREACHABLE', message: /timeout/ });
  silent.close();
});
