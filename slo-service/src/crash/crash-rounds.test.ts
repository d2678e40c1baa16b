import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '@sprout/journal/crash';
import { runKills } from './kill.ts';
import { runPowerLoss } from './power-loss.ts';

const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

test('20 power losses lose or double nothing that was promised', async (context) => {
  context.diagnostic(`seed ${seed}`);
  const { events, ...wrong } = await runPowerLoss({ rounds: 20, random: seededRandom(seed) });
  assert.deepEqual(wrong, { lost: 0, doubled: 0 });
  assert.ok(events > 100, `only ${events} events were checked`);
});

test('the power-loss rounds notice missing syncs', async () => {
  const { lost } = await runPowerLoss({ rounds: 20, random: seededRandom(seed), ignoreSync: true });
  assert.ok(lost > 0);
});

test('20 kills lose or double nothing that was promised', async () => {
  const { events, ...wrong } = await runKills({ rounds: 20, random: seededRandom(seed) });
  assert.deepEqual(wrong, { lost: 0, doubled: 0 });
  assert.ok(events > 100, `only ${events} events were checked`);
});
