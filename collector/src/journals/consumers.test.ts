import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeTraces } from '@sprout/wire';
import { eventually } from '@sprout/process/testing';
import { jsonType, post, protobufType } from '../fixture/post.ts';
import { runCollector } from '../fixture/running-collector.ts';
import { testSpan } from '../fixture/spans.ts';
import { testConfig } from '../fixture/test-config.ts';

test('records that the journal gives again are not stored twice', async (t) => {
  const config = testConfig(t);
  const first = await runCollector(t, config);
  const push = (line: string) => {
    const values = [[`${Date.now()}000000`, line]];
    const body = JSON.stringify({ streams: [{ stream: { service: 'order' }, values }] });
    return post(`${first.http}/loki/api/v1/push`, body, jsonType);
  };
  for (const line of ['a', 'b', 'c']) assert.equal((await push(line)).status, 204);
  await first.stop();
  // As after a crash between the store's transaction and the cursor's: the cursor stands too far back.
  rmSync(join(config.dataDir, 'collector', 'journal', 'logs', 'store.cursor'));
  const second = await runCollector(t, config);
  const delivered = 'collector_delivered_items_total{signal="logs",consumer="store"}';
  await eventually(
    'all records were read again',
    async () => (await second.metric(delivered)) === 3,
  );
  const query = new URLSearchParams({ query: '{service="order"}' });
  const response = await fetch(`${second.query}/loki/api/v1/query_range?${query}`);
  const { data } = (await response.json()) as {
    data: { result: { values: [string, string][] }[] };
  };
  const lines = data.result.flatMap(({ values }) => values.map(([, line]) => line));
  assert.deepEqual(lines.toSorted(), ['a', 'b', 'c']);
});

test('journals that were deleted start anew beside an old store', async (t) => {
  const config = testConfig(t);
  const first = await runCollector(t, config);
  const spans = [testSpan(), testSpan(), testSpan()];
  for (const span of spans.slice(0, 2)) {
    await post(`${first.http}/v1/traces`, encodeTraces([span]), protobufType);
  }
  await first.stop();
  rmSync(join(config.dataDir, 'collector', 'journal'), { recursive: true });
  const second = await runCollector(t, config);
  await post(`${second.http}/v1/traces`, encodeTraces(spans.slice(2)), protobufType);
  for (const { traceId } of spans) {
    await eventually(`trace ${traceId}`, async () => {
      return (await fetch(`${second.query}/api/v2/trace/${traceId}`)).ok;
    });
  }
});
