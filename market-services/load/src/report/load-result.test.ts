import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLoadTally } from './load-result.ts';

test('an answer that came too late is answered but not in time', () => {
  const tally = createLoadTally();
  tally.add({ outcome: 'ok', latencyMs: 10, dueMs: 0 });
  tally.add({ outcome: 'ok', latencyMs: 2500, dueMs: 0 });
  tally.add({ outcome: 'server_error', latencyMs: 5, dueMs: 0 });
  tally.add({ outcome: 'not_sent', latencyMs: 0, dueMs: 0 });
  const result = tally.result(4, 1000);
  assert.equal(result.requests, 4);
  assert.equal(result.achievedRps, 3);
  assert.equal(result.availability, 0.5);
  assert.equal(result.inTime, 0.25);
  assert.deepEqual(result.errors, { server_error: 1, not_sent: 1 });
});
