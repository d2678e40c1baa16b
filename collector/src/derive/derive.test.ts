import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logSignal, noPanel } from '@sprout/signals';
import { encodeTraces } from '@sprout/wire';
import { eventually } from '@sprout/process/testing';
import { jsonType, post, protobufType } from '../fixture/post.ts';
import { runCollector } from '../fixture/running-collector.ts';
import { testSpan } from '../fixture/spans.ts';
import { testConfig } from '../fixture/test-config.ts';

test('spans become requests and durations with exemplars, and calls between services', async (t) => {
  const { http, metric } = await runCollector(t, testConfig(t));
  const call = testSpan({
    kind: 3,
    service: 'gateway',
    name: 'GET',
    status: { code: 2, message: '' },
  });
  const served = testSpan({ traceId: call.traceId, parentSpanId: call.spanId, service: 'order' });
  await post(`${http}/v1/traces`, encodeTraces([call, served]), protobufType);
  const labels = 'span_service="gateway",span_name="GET",span_kind="client",status="error"';
  await eventually('the span is counted', async () => {
    return (await metric(`traces_span_requests_total{${labels}}`)) === 1;
  });
  assert.equal(await metric(`traces_span_duration_seconds_bucket{le="0.005",${labels}}`), 1);
  assert.equal(
    await metric('traces_service_graph_requests_total{client="gateway",server="order"}'),
    1,
  );
  for (const name of ['request_failed_total', 'request_client_seconds_count']) {
    const edge = `traces_service_graph_${name}{client="gateway",server="order"}`;
    assert.equal(await metric(edge), 1, name);
  }
  const text = await (await fetch(`${http}/metrics`)).text();
  assert.match(text, new RegExp(`traces_span_duration_seconds_bucket.*# \\{.*${call.traceId}`));
});

test('label sets beyond the limit are counted together and the overflow is counted', async (t) => {
  const config = testConfig(t, { collector: { derivedSeriesMax: 40 } });
  const { http, metric } = await runCollector(t, config);
  const spans = Array.from({ length: 50 }, (_, index) => testSpan({ name: `GET /${index}` }));
  await post(`${http}/v1/traces`, encodeTraces(spans), protobufType);
  const overflow = 'span_service="overflow",span_name="overflow",span_kind="server",status="unset"';
  const counted = await eventually('the overflow', () =>
    metric(`traces_span_requests_total{${overflow}}`),
  );
  assert.equal(counted, 48, 'two label sets of 17 series each fit into 40');
  assert.equal(await metric('collector_derived_overflow_total'), 48);
});

test('log signals count matching lines of their service from zero', async (t) => {
  const text = { help: 'x', owner: 'collector', panel: noPanel(), noAlert: 'test' };
  const config = testConfig(t, {
    signals: [
      logSignal('order_rejections_total', { ...text, service: 'order', pattern: 'rejected: \\d+' }),
      logSignal('panics_total', { ...text, service: 'any', pattern: '(?i)panic' }),
    ],
  });
  const { http, metric } = await runCollector(t, config);
  assert.equal(await metric('order_rejections_total{log_service="order"}'), 0);
  const lines = ['rejected: 42', 'rejected: none', 'PANIC'];
  for (const service of ['order', 'product']) {
    const values = lines.map((line) => [`${Date.now()}000000`, line]);
    const body = JSON.stringify({ streams: [{ stream: { service }, values }] });
    assert.equal((await post(`${http}/loki/api/v1/push`, body, jsonType)).status, 204);
  }
  await eventually('both services are counted', async () => {
    return (
      (await metric('panics_total{log_service="product"}')) === 1 &&
      (await metric('panics_total{log_service="order"}')) === 1
    );
  });
  assert.equal(await metric('order_rejections_total{log_service="order"}'), 1);
});
