import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counter, gauge, histogram, noPanel, rateBy } from '@sprout/signals';
import {
  dbClientOperationDuration,
  httpClientRequestDuration,
  httpServerRequestDuration,
} from '@sprout/signals/catalogue';
import { createMetrics } from './metrics.ts';
import type { Exemplar } from './metrics.ts';

const openMetrics = 'application/openmetrics-text; version=1.0.0, text/plain;q=0.5';
const trace: Exemplar = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
const text = { help: 'For the test.', panel: noPanel(), noAlert: 'a test' };

const orders = counter('orders_total', {
  ...text,
  labels: { outcome: ['accepted', 'rejected'], tier: ['gold', 'blue'] },
});

function metricsIn(exemplar?: Exemplar) {
  return createMetrics(() => exemplar, false);
}

test('series of closed label lists exist at 0 before the first event', async () => {
  const metrics = metricsIn();
  metrics.bind(orders);
  const { body } = await metrics.expose(openMetrics);
  assert.equal(body.match(/^orders_total\{.*\} 0$/gm)?.length, 4);
});

test('a histogram without labels takes exemplars and does not throw', async () => {
  const metrics = metricsIn(trace);
  const duration = histogram('took_seconds', { ...text, unit: 'seconds', buckets: [0.5, 1] });
  metrics.bind(duration).observe({}, 0.7);
  const { body } = await metrics.expose(openMetrics);
  assert.match(
    body,
    /took_seconds_bucket\{le="1"\} 1 # \{trace_id="a{32}",span_id="b{16}"\} 0\.7 [\d.]+$/m,
  );
});

test('an observation outside a trace has no exemplar', async () => {
  const metrics = metricsIn();
  const duration = histogram('took_seconds', { ...text, unit: 'seconds', buckets: [1] });
  metrics.bind(duration).observe({}, 0.7);
  const { body } = await metrics.expose(openMetrics);
  assert.match(body, /took_seconds_bucket\{le="1"\} 1$/m);
});

test('counters keep their name in plain text after an OpenMetrics scrape', async () => {
  const metrics = metricsIn();
  metrics.bind(orders).inc({ outcome: 'accepted', tier: 'gold' }, 2);
  await metrics.expose(openMetrics);
  const { body, contentType } = await metrics.expose('text/plain');
  assert.match(contentType, /^text\/plain; version=0\.0\.4/);
  assert.match(body, /^# TYPE orders_total counter$/m);
  assert.match(body, /^orders_total\{outcome="accepted",tier="gold"\} 2$/m);
  assert.doesNotMatch(body, /# EOF/);
});

test('binding a signal again gives the same metric', async () => {
  const metrics = metricsIn();
  const plain = counter('events_total', { ...text });
  metrics.bind(plain).inc();
  metrics.bind(plain).inc({}, 2);
  const { body } = await metrics.expose(undefined);
  assert.match(body, /^events_total 3$/m);
});

test('two different signals of one name are refused', () => {
  const metrics = metricsIn();
  metrics.bind(orders);
  const other = counter('orders_total', { ...text, labels: { region: ['eu'] } });
  assert.throws(() => metrics.bind(other), { code: 'SIGNAL_CONFLICT' });
});

test('a label name or value that the signal does not have is a type error', () => {
  const bound = metricsIn().bind(orders);
  // @ts-expect-error a value outside the list
  bound.inc({ outcome: 'lost', tier: 'gold' });
  // @ts-expect-error a missing label
  bound.inc({ outcome: 'accepted' });
  // @ts-expect-error labels may not be left out
  bound.inc();
  const free = gauge('depth', { ...text, labels: { queue: 'any' }, panel: rateBy('queue') });
  metricsIn().bind(free).set({ queue: 'whatever' }, 1);
});

test('buckets hold every promised threshold', () => {
  const durations = [
    httpServerRequestDuration,
    httpClientRequestDuration,
    dbClientOperationDuration,
  ];
  for (const { name, buckets } of durations) {
    for (const edge of [0.3, 0.5, 2, 3]) {
      assert.ok(buckets.includes(edge), `${name} has no edge at ${edge}`);
    }
  }
});

test("process metrics are Node's own and tell when the process started", async () => {
  const metrics = createMetrics(() => undefined, true);
  const { body } = await metrics.expose(openMetrics);
  const started = Number(/^process_start_time_seconds (\d+)$/m.exec(body)?.[1]);
  assert.ok(Math.abs(Date.now() / 1000 - started) < 600);
  assert.match(body, /^nodejs_eventloop_lag_p99_seconds /m);
  assert.match(body, /^process_cpu_seconds_total /m);
});
