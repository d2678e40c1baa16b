import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRotation } from '../../gateway/src/instances.ts';
import type { KnownInstance } from '../../gateway/src/instances.ts';
import { createRegistry, instancesMax, leaseMs } from './registry.ts';

const product = (id: string) =>
  ({ service: 'product', id, url: `http://127.0.0.1/${id}`, state: 'ready' }) as const;

test('an instance is listed as long as its heart beats', () => {
  let nowMs = 0;
  const registry = createRegistry(() => nowMs);
  registry.put(product('a'));
  registry.put(product('b'));
  nowMs = leaseMs - 1;
  registry.put(product('b'));
  assert.deepEqual(
    registry.list().map(({ id }) => id),
    ['a', 'b'],
  );
  const before = registry.version();
  nowMs = leaseMs;
  assert.deepEqual(
    registry.list().map(({ id }) => id),
    ['b'],
  );
  assert.notEqual(registry.version(), before);
  registry.remove('product', 'b');
  assert.deepEqual(registry.list(), []);
});

test('a heartbeat that says nothing new is no new version', () => {
  const registry = createRegistry(() => 0);
  registry.put(product('a'));
  const before = registry.version();
  registry.put(product('a'));
  assert.equal(registry.version(), before);
  registry.put({ ...product('a'), state: 'not_ready' });
  const changed = registry.version();
  assert.notEqual(changed, before);
  registry.put({ ...product('a'), state: 'not_ready', version: '2.0.0' });
  assert.notEqual(registry.version(), changed);
});

test('the list has a limit, which renewing a lease does not meet', () => {
  const registry = createRegistry(() => 0);
  for (let i = 0; i < instancesMax; i += 1) assert.ok(registry.put(product(`p${i}`)));
  assert.ok(!registry.put(product('one-more')));
  assert.ok(registry.put(product('p0')));
});

function rotation(list: readonly KnownInstance[], clock = { nowMs: 0 }) {
  const fallback = () => 'published';
  return createRotation({ list: () => list, fallback, nowMs: () => clock.nowMs });
}

test('ready instances take turns; others only when none is ready', () => {
  const sick = { ...product('sick'), state: 'not_ready' } as const;
  const turns = rotation([product('a'), sick, product('b')]);
  const picked = Array.from({ length: 4 }, () => turns.pick('product'));
  assert.deepEqual(picked, [
    product('a').url,
    product('b').url,
    product('a').url,
    product('b').url,
  ]);
  assert.equal(rotation([sick]).pick('product'), sick.url);
  assert.equal(rotation([]).pick('product'), 'published');
});

test('who refused a connection is left alone for a while, unless nobody else is there', () => {
  const clock = { nowMs: 0 };
  const turns = rotation([product('a'), product('b')], clock);
  turns.avoid(product('a').url);
  for (let i = 0; i < 3; i += 1) assert.equal(turns.pick('product'), product('b').url);
  turns.avoid(product('b').url);
  assert.ok(turns.pick('product'));
  clock.nowMs = 2_001;
  const picked = new Set([turns.pick('product'), turns.pick('product')]);
  assert.equal(picked.size, 2);
});
