import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runOrderChaos } from './order-chaos.ts';

test('300 orders under random kills: none lost, doubled or stuck, stock + sold constant', async (context) => {
  const seed = Date.now() % 2 ** 32;
  context.diagnostic(`seed ${seed}`);
  const verdict = await runOrderChaos({ orders: 300, kills: 6, seed, onProgress: () => undefined });
  const { lost, doubled, pieces, stuck, accepted, canceled, killed } = verdict;
  assert.deepEqual({ lost, doubled, pieces, stuck }, { lost: 0, doubled: 0, pieces: 0, stuck: 0 });
  assert.ok(accepted >= 300 && canceled > 0);
  const kills = Object.values(killed).reduce((sum, one) => sum + one, 0);
  assert.ok(kills >= 3, `${kills} kills`);
});
