import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startObserved } from '../../test/observed.ts';
import { waitFor } from '../../test/sink.ts';
import { lineCharsMax } from './json-line.ts';

const logLevel = 'info';
const parsed = (line: string | undefined) => JSON.parse(line ?? '{}') as Record<string, unknown>;

test('a line arrives with service and level as labels and its trace as metadata and in the line', async () => {
  const { sink, watch, stop } = await startObserved(() => {}, { logLevel });
  let traceId: string | undefined;
  await watch.span('work', {}, async () => {
    traceId = watch.currentTraceId();
    watch.logger.warn('stock is low', { product_id: '7' });
  });
  const { labels, metadata, line, ts } = await sink.wait(() => sink.lines[0]);
  assert.deepEqual(labels, { service: 'under-test', level: 'warn' });
  assert.equal(metadata['trace_id'], traceId);
  const { timestamp, ...fields } = parsed(line);
  assert.deepEqual(fields, {
    level: 'warn',
    message: 'stock is low',
    'service.name': 'under-test',
    trace_id: traceId,
    span_id: metadata['span_id'],
    product_id: '7',
  });
  assert.ok(Math.abs(Number(BigInt(ts) / 1_000_000n) - Date.parse(String(timestamp))) < 1000);
  await stop();
});

test('a line outside a trace has no trace id', async () => {
  const { sink, watch, stop } = await startObserved(() => {}, { logLevel });
  watch.logger.info('started');
  const { metadata, line } = await sink.wait(() => sink.lines[0]);
  assert.deepEqual(metadata, {});
  assert.equal('trace_id' in parsed(line), false);
  await stop();
});

test('errors, circles and giant lines are spelled out, survived and cut', async () => {
  const { sink, watch, stop } = await startObserved(() => {}, { logLevel });
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  watch.logger.error('payment failed', { error: new TypeError('no card') });
  watch.logger.info('a circle', circle);
  watch.logger.info('x'.repeat(5 * lineCharsMax));
  const lines = await sink.wait(() => sink.lines.length === 3 && sink.lines);
  const byStart = (start: string) =>
    lines.map(({ line }) => parsed(line)).find(({ message }) => String(message).startsWith(start));
  assert.equal(byStart('payment failed')?.['exception.type'], 'TypeError');
  assert.match(String(byStart('payment failed')?.['exception.stacktrace']), /logger\.test/);
  assert.ok(byStart('a circle'));
  assert.ok(lines.every(({ line }) => line.length <= lineCharsMax));
  await stop();
});

test('after a failed push lines are sent again within seconds, in order and once', async () => {
  const { sink, watch, stop } = await startObserved(() => {}, { logLevel });
  sink.answer(503);
  for (let n = 0; n < 50; n += 1) watch.logger.info(`line ${n}`);
  await sleep(1500);
  sink.answer(200);
  const back = performance.now();
  await waitFor(() => sink.lines.length >= 50);
  assert.ok(performance.now() - back < 5000);
  assert.deepEqual(
    sink.lines.map(({ line }) => parsed(line)['message']),
    Array.from({ length: 50 }, (_, n) => `line ${n}`),
  );
  await stop();
  assert.equal(sink.lines.length, 50);
});

test('lines logged while the service stops arrive too', async () => {
  const { sink, watch, stop } = await startObserved(() => {}, { logLevel });
  watch.onStop('worker', () => void watch.logger.info('worker stopped'));
  await watch.shutdown();
  await sink.wait(() => sink.lines.length === 1);
  assert.equal(parsed(sink.lines[0]?.line)['message'], 'worker stopped');
  await stop();
});
