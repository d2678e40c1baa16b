import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs } from './backoff.ts';

const latest = () => 1;

test('waits grow up to the longest, and spread over the second half', () => {
  const waits = [0, 1, 2, 3, 4, 5, 30].map((attempt) =>
    backoffMs(attempt, undefined, 5_000, latest),
  );
  assert.deepEqual(waits, [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  assert.equal(
    backoffMs(30, undefined, 5_000, () => 0),
    2_500,
  );
  assert.equal(backoffMs(0, undefined, 50, latest), 50);
});

test('a server that asks for longer gets it, up to a minute', () => {
  assert.equal(backoffMs(0, 8_000, 5_000, latest), 8_000);
  assert.equal(backoffMs(30, 100, 5_000, latest), 5_000);
  assert.equal(backoffMs(0, 3_600_000, 5_000, latest), 60_000);
});
