import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedBefore } from './recovery.ts';

test('an order is asked about when its age has doubled, and at least every minute', () => {
  const second = 1_000;
  const asked: number[] = [];
  let lastAskedMs = 0;
  for (let nowMs = 10 * second; nowMs <= 300 * second; nowMs += 2 * second) {
    if (lastAskedMs >= askedBefore(0, nowMs).getTime()) continue;
    asked.push(nowMs / second);
    lastAskedMs = nowMs;
  }
  assert.deepEqual(asked, [10, 22, 46, 94, 156, 218, 280]);
});
