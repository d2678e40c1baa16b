import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runKills } from './kill.ts';
import { runPowerLoss } from './power-loss.ts';
import { seededRandom } from './random.ts';

const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

test('20 power losses lose, double or reorder nothing acknowledged', async (context) => {
  context.diagnostic(`seed ${seed}`);
  const verdict = await runPowerLoss({ rounds: 20, random: seededRandom(seed) });
  const { records, ...wrong } = verdict;
  assert.deepEqual(wrong, { lost: 0, doubled: 0, reordered: 0, damaged: 0 });
  assert.ok(records > 100, `only ${records} records were checked`);
});

test('the power-loss rounds notice a missing fdatasync', async () => {
  const verdict = await runPowerLoss({ rounds: 20, random: seededRandom(seed), ignoreSync: true });
  assert.ok(verdict.lost > 0);
});

test('20 kills lose, double or reorder nothing acknowledged', async () => {
  const verdict = await runKills({ rounds: 20, random: seededRandom(seed) });
  const { records, ...wrong } = verdict;
  assert.deepEqual(wrong, { lost: 0, doubled: 0, reordered: 0, damaged: 0 });
  assert.ok(records > 100, `only ${records} records were checked`);
});
