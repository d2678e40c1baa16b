import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { eventually } from '@sprout/process/testing';
import { jsonType, post } from '../../fixture/post.ts';
import { runCollector } from '../../fixture/running-collector.ts';
import { testConfig } from '../../fixture/test-config.ts';

/** A whole minute: answers over time stand at multiples of their step. */
const startMs = (Math.floor(Date.now() / 60_000) - 10) * 60_000;
const lines = [
  ['order', 'info', 'order 1 accepted', 0],
  ['order', 'error', 'order 2 rejected: no stock', 60],
  ['order', 'info', '{"msg":"order 3","user":{"tier":"gold"},"level":"debug"}', 120],
  ['product', 'info', 'product 7 listed', 120],
] as const;

interface LokiSeries {
  readonly stream: Record<string, string>;
  readonly metric: Record<string, string>;
  readonly values: [number | string, string, object?][];
  readonly value: [number, string];
}
type LokiResult = readonly LokiSeries[];

/** A collector that has stored the lines above. */
async function runWithLines(t: TestContext) {
  const { http, query } = await runCollector(t, testConfig(t));
  const streams = lines.map(([service, level, line, second]) => ({
    stream: { service, level },
    values: [[`${startMs + second * 1000}000000`, line, { trace_id: 'ab'.repeat(16) }]],
  }));
  await post(`${http}/loki/api/v1/push`, JSON.stringify({ streams }), jsonType);
  const get = async (path: string, parameters: Record<string, string> = {}, headers = {}) => {
    const search = new URLSearchParams(parameters);
    const response = await fetch(`${query}/loki/api/v1/${path}?${search}`, { headers });
    const text = await response.text();
    const json = response.ok
      ? (JSON.parse(text) as { data: { resultType: string; result: LokiResult } })
      : undefined;
    return { status: response.status, text, data: json?.data };
  };
  await eventually('the lines', async () => {
    return /"data":\["/.test((await get('labels')).text);
  });
  return get;
}

const linesOf = (result: LokiResult | undefined) =>
  (result ?? []).flatMap(({ values }) => values.map(([, line]) => line));

test('query_range finds lines by labels, text and parsed fields, newest first', async (t) => {
  const get = await runWithLines(t);
  const find = async (query: string, more: Record<string, string> = {}) =>
    linesOf((await get('query_range', { query, ...more })).data?.result);
  assert.deepEqual(await find('{service="order"} |= "rejected"'), [lines[1][2]]);
  assert.deepEqual(await find('{service=~"prod.*"}'), [lines[3][2]]);
  assert.deepEqual(await find('{service!="order"}'), [lines[3][2]]);
  assert.deepEqual(await find('{service="order"} |~ "order \\\\d" != "accepted" !~ "^\\\\{"'), [
    lines[1][2],
  ]);
  assert.deepEqual(await find('{service="order"} | json | user_tier="gold"'), [lines[2][2]]);
  assert.deepEqual(await find('{service="order"} | level="error"'), [lines[1][2]]);
  assert.deepEqual(await find('{service="order"}', { limit: '1' }), [lines[2][2]]);
  assert.deepEqual(await find('{service="order"}', { limit: '1', direction: 'forward' }), [
    lines[0][2],
  ]);
  const end = String((startMs + 30_000) * 1e6);
  assert.deepEqual(await find('{service="order"}', { end }), [lines[0][2]]);
  assert.deepEqual(await find('{service="order"}', { since: '1s' }), []);
});

test('structured metadata joins the labels, or stands apart when Grafana asks', async (t) => {
  const get = await runWithLines(t);
  const query = '{service="product"}';
  const plain = await get('query_range', { query });
  assert.equal(plain.data?.result[0]?.stream['trace_id'], 'ab'.repeat(16));
  const flags = { 'x-loki-response-encoding-flags': 'categorize-labels' };
  const apart = await get('query_range', { query }, flags);
  assert.deepEqual(apart.data?.result[0]?.stream, { level: 'info', service: 'product' });
  assert.deepEqual(apart.data?.result[0]?.values[0]?.[2], {
    structuredMetadata: { trace_id: 'ab'.repeat(16) },
  });
});

test('counts over time are matrices with one series per group', async (t) => {
  const get = await runWithLines(t);
  const start = String((startMs + 60_000) / 1000);
  const end = String((startMs + 120_000) / 1000);
  const range = { start, end, step: '60' };
  const counted = await get('query_range', {
    query: 'sum by (service) (count_over_time({service=~".+"}[2m]))',
    ...range,
  });
  assert.equal(counted.data?.resultType, 'matrix');
  const series = Object.fromEntries(
    (counted.data?.result ?? []).map(({ metric, values }) => [
      metric['service'],
      values.map(([, value]) => value),
    ]),
  );
  assert.deepEqual(series, { order: ['2', '2'], product: ['1'] });
  const rate = await get('query', { query: 'sum(rate({service="order"}[2m]))', time: end });
  assert.equal(rate.data?.result[0]?.value[1], String(2 / 120));
});

test('names, values and series of labels are told', async (t) => {
  const get = await runWithLines(t);
  assert.deepEqual((await get('labels')).data, ['level', 'service']);
  assert.deepEqual((await get('label/service/values')).data, ['order', 'product']);
  assert.deepEqual((await get('series', { 'match[]': '{service="product"}' })).data, [
    { level: 'info', service: 'product' },
  ]);
});

test('the health check of Grafana is answered with 2', async (t) => {
  const get = await runWithLines(t);
  const { data } = await get('query', { query: 'vector(1)+vector(1)', time: '4000000000' });
  assert.deepEqual(data, {
    resultType: 'vector',
    result: [{ metric: {}, value: [4000000000, '2'] }],
  });
});

test('what is not supported is refused by name, with what is', async (t) => {
  const get = await runWithLines(t);
  const refused = await get('query_range', { query: '{a="b"} | logfmt' });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /"logfmt".*not supported[^]*supported: \{selector\}/);
  const instant = await get('query', { query: '{service="order"}' });
  assert.deepEqual([instant.status, /query_range/.test(instant.text)], [400, true]);
  assert.equal((await get('query_range')).status, 400);
  const wide = { query: 'rate({service="order"}[1m])', start: '0', step: '1' };
  assert.match((await get('query_range', wide)).text, /over the limit of 11000/);
});
