import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTsidGenerator, tsidTimeMs } from './tsid.ts';

const startMs = Date.UTC(2026, 0, 1);

test('ids of one generator ascend, within a millisecond and across them', () => {
  let nowMs = startMs;
  const newId = createTsidGenerator({ now: () => nowMs, random: (below) => below - 1 });
  const ids = Array.from({ length: 10_000 }, (_, index) => {
    nowMs = startMs + Math.floor(index / 1_000);
    return BigInt(newId());
  });
  assert.ok(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0n)));
});

test('ids ascend when the clock steps back', () => {
  let nowMs = startMs;
  const newId = createTsidGenerator({ now: () => nowMs, random: () => 0 });
  const before = BigInt(newId());
  nowMs -= 60_000;
  assert.ok(BigInt(newId()) > before);
});

test('a millisecond that runs full borrows from the next', () => {
  const newId = createTsidGenerator({ now: () => startMs, random: () => 2 ** 22 - 1 });
  const first = newId();
  const second = newId();
  assert.equal(tsidTimeMs(second), tsidTimeMs(first) + 1);
});

test('an id tells when it was made, and needs more digits than a JSON number has', () => {
  const id = createTsidGenerator({ now: () => startMs, random: () => 5 })();
  assert.equal(tsidTimeMs(id), startMs);
  assert.notEqual(String(Number(id)), id);
});
