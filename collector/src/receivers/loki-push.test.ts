import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import winston from 'winston';
import LokiTransport from 'winston-loki';
import { eventually } from '@sprout/process/testing';
import { jsonType, post } from '../fixture/post.ts';
import { runCollector } from '../fixture/running-collector.ts';
import { testConfig } from '../fixture/test-config.ts';

interface Found {
  readonly stream: Record<string, string>;
  readonly values: [string, string][];
}

async function findLines(query: string, logql: string): Promise<Found[] | undefined> {
  const response = await fetch(
    `${query}/loki/api/v1/query_range?${new URLSearchParams({ query: logql })}`,
  );
  const { data } = (await response.json()) as { data: { result: Found[] } };
  return data.result.length > 0 ? data.result : undefined;
}

for (const json of [false, true]) {
  test(`winston-loki's ${json ? 'JSON' : 'protobuf'} is taken and found again`, async (t) => {
    const { http, query } = await runCollector(t, testConfig(t));
    const transport = new LokiTransport({
      host: http,
      labels: { service: 'order' },
      json,
      batching: false,
      gracefulShutdown: false,
    });
    const logger = winston.createLogger({ transports: [transport] });
    logger.info('order 42 accepted');
    const [found] = await eventually('the line', () => findLines(query, '{service="order"}'));
    assert.equal(found?.stream['level'], 'info');
    assert.match(found?.values[0]?.[1] ?? '', /order 42 accepted/);
    logger.close();
  });
}

test('a push in JSON, gzip or deflate is answered 204 with structured metadata kept', async (t) => {
  const { http, query } = await runCollector(t, testConfig(t));
  const url = `${http}/loki/api/v1/push`;
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const push = (line: string) =>
    JSON.stringify({
      streams: [
        {
          stream: { service: 'order' },
          values: [[`${Date.now()}000000`, line, { trace_id: traceId }]],
        },
      ],
    });
  assert.equal((await post(url, push('plain'), jsonType)).status, 204);
  const gzip = { ...jsonType, 'content-encoding': 'gzip' };
  assert.equal((await post(url, gzipSync(push('gzip')), gzip)).status, 204);
  const deflate = { ...jsonType, 'content-encoding': 'deflate' };
  assert.equal((await post(url, deflateSync(push('deflate')), deflate)).status, 204);
  const found = await eventually('three lines', async () => {
    const streams = await findLines(query, '{service="order"}');
    const lines = streams?.flatMap(({ values }) => values.map(([, line]) => line));
    return lines?.length === 3 ? { streams, lines } : undefined;
  });
  assert.deepEqual(found.lines.toSorted(), ['deflate', 'gzip', 'plain']);
  assert.equal(found.streams?.[0]?.stream['trace_id'], traceId);
});

test('what cannot be read is answered 400 in plain text', async (t) => {
  const { http } = await runCollector(t, testConfig(t));
  const url = `${http}/loki/api/v1/push`;
  const number = '{"streams":[{"stream":{},"values":[[1,"x"]]}]}';
  const response = await post(url, number, jsonType);
  assert.equal(response.status, 400);
  assert.match(await response.text(), /nanoseconds/);
  assert.equal((await post(url, 'no snappy')).status, 400);
});
