import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLatencyRecorder } from './latency-recorder.ts';

test('quantiles are at most 1 % off', () => {
  const recorder = createLatencyRecorder();
  for (let ms = 1; ms <= 1000; ms += 1) recorder.record(ms);
  for (const [fraction, exact] of [
    [0.5, 500],
    [0.95, 950],
    [0.99, 990],
  ] as const) {
    const found = recorder.quantile(fraction) ?? 0;
    assert.ok(Math.abs(found / exact - 1) <= 0.0101, `${fraction}: ${found} for ${exact}`);
  }
});

test('no latencies have no quantile', () => {
  assert.equal(createLatencyRecorder().quantile(0.5), null);
});

test('a latency beyond every bucket counts in the last one', () => {
  const recorder = createLatencyRecorder();
  recorder.record(1e12);
  assert.ok((recorder.quantile(1) ?? 0) > 3_600_000);
});
