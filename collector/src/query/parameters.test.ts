import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, durationMs, timeNs } from './parameters.ts';

test('times are read as seconds, nanoseconds and dates, exactly', () => {
  assert.equal(timeNs('1795430120.123', 0), 1_795_430_120_123_000_000n);
  assert.equal(timeNs('1795430120.1234567891', 0), 1_795_430_120_123_456_789n);
  assert.equal(timeNs('1795430120', 0), 1_795_430_120_000_000_000n);
  assert.equal(timeNs('1795430120123456789', 0), 1_795_430_120_123_456_789n);
  assert.equal(timeNs('2026-11-23T10:35:20.123Z', 0), 1_795_430_120_123_000_000n);
  assert.equal(timeNs(null, 5), 5_000_000n);
  assert.throws(() => timeNs('yesterday', 0), { status: 400 });
});

test('steps are durations or seconds above 0', () => {
  assert.deepEqual(
    ['15s', '500ms', '2', '0.5', null].map((text) => durationMs(text, 7)),
    [15_000, 500, 2000, 500, 7],
  );
  assert.throws(() => durationMs('0', 1), { status: 400 });
  assert.throws(() => durationMs('long', 1), { status: 400 });
});

test('counts are cut to their limit and refused when they are none', () => {
  assert.deepEqual([count('5', 1, 10), count('50', 1, 10), count('', 3, 10)], [5, 10, 3]);
  for (const text of ['0', '-1', '1.5', 'x']) {
    assert.throws(() => count(text, 1, 10), { status: 400 });
  }
});
