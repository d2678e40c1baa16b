import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express } from 'express';
import { startObserved } from '../../test/observed.ts';
import { send } from '../../test/request.ts';
import { startSink, waitFor } from '../../test/sink.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
const hello = (app: Express) => void app.get('/hello', (_request, response) => void response.end());

for (const traceProtocol of ['otlp', 'zipkin'] as const) {
  test(`spans arrive by ${traceProtocol}`, async () => {
    process.env['OTEL_RESOURCE_ATTRIBUTES'] = 'service.version=1.2.3,region=seoul';
    const { watch, url, sink, stop } = await startObserved(hello, { traceProtocol });
    delete process.env['OTEL_RESOURCE_ATTRIBUTES'];
    await send(`${url}/hello`, headers);
    const span = await sink.wait(() => sink.spans[0]);
    assert.equal(watch.version, '1.2.3');
    assert.deepEqual(
      [
        span.service,
        span.version,
        span.traceId,
        span.parentSpanId,
        span.name.toLowerCase(),
        span.kind,
      ],
      ['under-test', '1.2.3', traceId, 'b7ad6b7169203331', 'get /hello', 'SERVER'],
    );
    await stop();
  });

  test(`spans by ${traceProtocol} wait for a collector that starts later, at an address that becomes known later`, async () => {
    let address: string | undefined;
    const { url, stop } = await startObserved(hello, {
      traceProtocol,
      endpoints: () => ({ otlp: address, zipkin: address }),
    });
    await send(`${url}/hello`);
    await sleep(1500);
    const late = await startSink();
    address = late.url;
    const published = performance.now();
    await waitFor(() => late.spans.length === 1);
    assert.ok(performance.now() - published < 15_000, 'recovery takes seconds');
    await late.close();
    await stop();
  });
}

test('a collector that comes back at another address gets what waited', async () => {
  const first = await startSink();
  let address = first.url;
  const { url, stop } = await startObserved(hello, { endpoints: () => ({ otlp: address }) });
  await send(`${url}/hello`);
  await waitFor(() => first.spans.length === 1);
  await first.close();
  await send(`${url}/hello`, headers);
  await sleep(1500);
  const second = await startSink();
  address = second.url;
  // The first span may come again: its answer may be lost with the collector that took it.
  await waitFor(() => second.spans.some((span) => span.traceId === traceId));
  await second.close();
  await stop();
});

test('spans that the collector refuses are counted, those it cannot take now are kept', async () => {
  const { url, sink, stop } = await startObserved(hello);
  sink.answer(400);
  await send(`${url}/hello`);
  const dropped = async (reason: string) => {
    const { body } = await send(`${url}/metrics`);
    const line = new RegExp(
      `telemetry_dropped_items_total\\{signal="traces",reason="${reason}"\\} (\\d+)`,
    );
    return Number(line.exec(body)?.[1]);
  };
  while ((await dropped('rejected')) === 0) await sleep(50);
  assert.equal(await dropped('rejected'), 1);
  sink.answer(503);
  await send(`${url}/hello`);
  await sleep(1500);
  sink.answer(200);
  await sink.wait(() => sink.spans.length === 1);
  assert.deepEqual([await dropped('rejected'), await dropped('queue_full')], [1, 0]);
  await stop();
});

test('a trace that is not sampled leaves no span and no exemplar, and its callees are told', async () => {
  const { url, sink, watch, stop } = await startObserved(
    (app, observability) => {
      app.get('/carrier', (_request, response) => {
        const carrier: Record<string, string> = {};
        observability.inject(carrier);
        response.json(carrier);
      });
    },
    { sampleRatio: 0 },
  );
  const { body } = await send(`${url}/carrier`);
  assert.match(JSON.parse(body).traceparent, /-00$/);
  const metrics = await send(`${url}/metrics`, { accept: 'application/openmetrics-text' });
  assert.match(metrics.body, /http_server_request_duration_seconds_count\{.*carrier.*\} 1/);
  assert.doesNotMatch(metrics.body, /# \{trace_id/);
  watch.logger.error('the last thing that is sent');
  await watch.shutdown();
  await sink.wait(() => sink.lines.length === 1);
  assert.deepEqual(sink.spans, []);
  await stop();
});

test('a message carries its trace to the one who works on it', async () => {
  const { sink, watch, stop } = await startObserved(() => {});
  const carrier: Record<string, string> = {};
  await watch.span('orders publish', { kind: 'producer' }, async () => watch.inject(carrier));
  const failing = watch.extract(carrier, () =>
    watch.span('orders process', { kind: 'consumer' }, async () => {
      throw new Error('no stock');
    }),
  );
  await assert.rejects(failing, /no stock/);
  const [producer, consumer] = await sink.wait(() => sink.spans.length === 2 && sink.spans);
  assert.deepEqual([producer?.kind, consumer?.kind], ['PRODUCER', 'CONSUMER']);
  assert.equal(consumer?.traceId, producer?.traceId);
  assert.equal(consumer?.parentSpanId, producer?.spanId);
  assert.ok(consumer?.error);
  await stop();
});
