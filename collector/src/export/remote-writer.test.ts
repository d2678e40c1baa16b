import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import {
  compressSnappy,
  decodeWriteRequest,
  encodeWriteRequest,
  uncompressSnappy,
} from '@sprout/wire';
import type { TimeSeries } from '@sprout/wire';
import { publishRunFile } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { post, protobufType } from '../fixture/post.ts';
import { runPrometheus } from '../fixture/prometheus.ts';
import { runCollector } from '../fixture/running-collector.ts';
import { testConfig } from '../fixture/test-config.ts';
import { retryAfterMs } from './send-write.ts';

function series(name: string, timestampMs: number, value = 1): TimeSeries {
  return { labels: [['__name__', name]], samples: [{ value, timestampMs }] };
}

const write = (http: string, ...all: TimeSeries[]) =>
  post(`${http}/api/v1/write`, compressSnappy(encodeWriteRequest(all)), protobufType);

const dropped = (reason: string) =>
  `collector_dropped_items_total{signal="metrics",consumer="remote-write",reason="${reason}"}`;
const delivered = 'collector_delivered_items_total{signal="metrics",consumer="remote-write"}';

test('only the sample that Prometheus rejects is dropped, with its reason', async (t) => {
  const prometheus = await runPrometheus(t);
  const config = testConfig(t, { telemetry: { prometheus: { url: prometheus.url } } });
  const { http, metric } = await runCollector(t, config);
  const now = Date.now();
  assert.equal((await write(http, series('late', now))).status, 204);
  await eventually('the first sample', async () => (await metric(delivered)) === 1);
  const others = Array.from({ length: 9 }, (_, index) => series(`other_${index}`, now));
  assert.equal((await write(http, ...others, series('late', now - 1000))).status, 204);
  await eventually('the rest', async () => (await metric(delivered)) === 10);
  assert.equal(await metric(dropped('out_of_order')), 1);
  assert.equal((await prometheus.query('{__name__=~"other_.*"}')).length, 9);
  assert.equal(await metric('collector_received_items_total{signal="metrics"}'), 11);
});

test('a server that fails is asked again until it takes everything, in order', async (t) => {
  const answers = [503, 429, 500];
  const taken: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const status = answers.shift() ?? 204;
    response.writeHead(status, status === 429 ? { 'retry-after': '1' } : {}).end();
    if (status !== 204) return;
    const body = uncompressSnappy(Buffer.concat(chunks), { bytesMax: 1_000_000 });
    taken.push(...decodeWriteRequest(body).map(({ samples }) => samples[0]?.value ?? 0));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  t.after(() => server.closeAllConnections());
  const config = testConfig(t);
  const { http, metric } = await runCollector(t, config);
  const now = Date.now();
  for (let value = 1; value <= 5; value++) await write(http, series('a', now + value, value));
  await eventually('retries while no address is known', async () => {
    return ((await metric('collector_remote_write_retries_total{reason="no_address"}')) ?? 0) > 0;
  });
  assert.equal(await metric('collector_queued_items{signal="metrics",consumer="remote-write"}'), 5);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const start = Date.now();
  publishRunFile(config, { name: 'prometheus', pid: 1, addresses: { http: url } });
  await eventually('all samples', () => taken.length === 5);
  assert.deepEqual(taken, [1, 2, 3, 4, 5]);
  assert.ok(Date.now() - start >= 1000, 'Retry-After was heeded');
  await eventually('all are accounted for', async () => (await metric(delivered)) === 5);
});

test('Retry-After is read as seconds and as a date', () => {
  assert.equal(retryAfterMs('3'), 3000);
  assert.equal(retryAfterMs('Mon, 23 Nov 2026 00:00:02 GMT', Date.UTC(2026, 10, 23)), 2000);
  assert.equal(retryAfterMs('Mon, 23 Nov 2026 00:00:02 GMT', Date.UTC(2026, 10, 24)), 0);
  assert.equal(retryAfterMs('soon'), undefined);
  assert.equal(retryAfterMs(undefined), undefined);
});
