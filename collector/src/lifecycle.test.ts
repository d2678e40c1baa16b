import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { encodeTraces } from '@sprout/wire';
import { addressOf, listener, readRunFile } from '@sprout/process';
import { collectorProcesses } from './processes.ts';
import { spawnCollector } from './fixture/collector-process.ts';
import { eventually } from '@sprout/process/testing';
import { jsonType, post, protobufType } from './fixture/post.ts';
import { runPrometheus } from './fixture/prometheus.ts';
import { runCollector } from './fixture/running-collector.ts';
import { testSpan } from './fixture/spans.ts';
import { testConfig } from './fixture/test-config.ts';

test('a stopped collector has finished what it acknowledged and withdraws its address', async (t) => {
  const config = testConfig(t);
  const first = await runCollector(t, config);
  const spans = Array.from({ length: 20 }, () => testSpan());
  const answers = spans.map((span) =>
    post(`${first.http}/v1/traces`, encodeTraces([span]), protobufType),
  );
  for (const answer of await Promise.all(answers)) assert.equal(answer.status, 200);
  await first.stop();
  assert.equal(readRunFile(config, 'collector'), undefined);
  const { query, metric } = await runCollector(t, config);
  for (const { traceId } of spans) {
    assert.equal((await fetch(`${query}/api/v2/trace/${traceId}`)).status, 200);
  }
  for (const consumer of ['store', 'derive']) {
    const labels = `signal="traces",consumer="${consumer}"`;
    assert.equal(await metric(`collector_delivered_items_total{${labels}}`), 20);
    assert.equal(await metric(`collector_queued_items{${labels}}`), 0);
  }
});

test('what was derived since the last scrape reaches Prometheus before the end', async (t) => {
  const prometheus = await runPrometheus(t);
  const config = testConfig(t, {
    services: [{ name: 'collector', endpoint: listener('collector') }],
    telemetry: { prometheus: { url: prometheus.url } },
  });
  const collector = await runCollector(t, config);
  await eventually('the first scrape', async () => {
    return (await prometheus.query('up{service="collector"}')).length === 1;
  });
  await post(`${collector.http}/v1/traces`, encodeTraces([testSpan()]), protobufType);
  await collector.stop();
  const [counted] = await prometheus.query('traces_span_requests_total{span_service="order"}');
  assert.equal(counted?.value[1], '1');
  const [up] = await prometheus.query('up{service="collector"}');
  assert.equal(up?.value[1], '1');
});

test('the ledger is exact: received = delivered + queued + dropped', async (t) => {
  const { http, metric } = await runCollector(t, testConfig(t));
  await post(`${http}/v1/traces`, encodeTraces([testSpan(), testSpan()]), protobufType);
  const values = [[`${Date.now()}000000`, 'a']];
  const push = JSON.stringify({ streams: [{ stream: { service: 'order' }, values }] });
  await post(`${http}/loki/api/v1/push`, push, jsonType);
  const accounts = [
    ['traces', 'store', 2],
    ['traces', 'derive', 2],
    ['logs', 'store', 1],
    ['logs', 'derive', 1],
  ] as const;
  for (const [signal, consumer, items] of accounts) {
    const labels = `signal="${signal}",consumer="${consumer}"`;
    assert.equal(await metric(`collector_received_items_total{signal="${signal}"}`), items);
    await eventually('delivery', async () => {
      const delivered = await metric(`collector_delivered_items_total{${labels}}`);
      const queued = await metric(`collector_queued_items{${labels}}`);
      return delivered === items && queued === 0;
    });
  }
});

test('the process specification starts a collector that says it is ready', async (t) => {
  const config = testConfig(t);
  const [spec] = collectorProcesses();
  const collector = await spawnCollector(t, config);
  const context = { config, tool: () => '', port: () => 0, directory: config.dataDir };
  assert.match(spec?.command(context).args.at(-1) ?? '', /collector\/src\/main\.ts$/);
  assert.equal(await spec?.health(collector.addresses, context), undefined);
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    assert.equal((await fetch(`${collector.addresses['http']}${path}`)).status, 200);
  }
  await collector.end('SIGTERM');
  assert.match((await spec?.health(collector.addresses, context)) ?? '', /readyz/);
  assert.equal(addressOf(config, listener('collector')), undefined);
});

test("OpenTelemetry's exporter sends protobuf that is taken", async (t) => {
  const { http, metric } = await runCollector(t, testConfig(t));
  const exporter = new OTLPTraceExporter({ url: `${http}/v1/traces` });
  const code = await new Promise<number>((resolve) =>
    exporter.export([readableSpan()], (result) => resolve(result.code)),
  );
  assert.equal(code, 0);
  assert.equal(await metric('collector_received_items_total{signal="traces"}'), 1);
  await exporter.shutdown();
});

type ReadableSpan = Parameters<OTLPTraceExporter['export']>[0][number];

/** What an SDK hands to its exporters. */
function readableSpan(): ReadableSpan {
  return {
    name: 'GET /orders',
    kind: 1,
    spanContext: () => ({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 }),
    startTime: [1_700_000_000, 0],
    endTime: [1_700_000_000, 5_000_000],
    duration: [0, 5_000_000],
    status: { code: 0 },
    attributes: { 'http.route': '/orders' },
    links: [],
    events: [],
    ended: true,
    resource: {
      attributes: { 'service.name': 'order' },
      merge: (other) => other ?? readableSpan().resource,
      getRawAttributes: () => [],
    },
    instrumentationScope: { name: 'test' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
