import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../traffic/random.ts';
import { compress, durationMs } from './scenario.ts';
import type { Stage } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { stagedArrivals } from './staged-arrivals.ts';

/** How many arrive between two times. */
function countIn(dueMs: readonly number[], fromSeconds: number, toSeconds: number): number {
  return dueMs.filter((ms) => ms >= fromSeconds * 1000 && ms < toSeconds * 1000).length;
}

function allOf(stages: readonly Stage[], seed = 5): number[] {
  const arrivals = stagedArrivals(stages, seededRandom(seed));
  const due: number[] = [];
  for (; arrivals.dueMs < Infinity; arrivals.advance()) due.push(arrivals.dueMs);
  return due;
}

/** Within four standard deviations of what a Poisson process is expected to bring. */
function near(count: number, expected: number): void {
  assert.ok(Math.abs(count - expected) <= 4 * Math.sqrt(expected), `${count} for ${expected}`);
}

test('while the rate climbs, each part gets its share', () => {
  const due = allOf([{ name: 'climb', seconds: 1_000, rps: [0, 100] }]);
  near(due.length, 50_000);
  near(countIn(due, 0, 500), 12_500);
  near(countIn(due, 900, 1_000), 9_500);
});

test('each stage has its own rate, and nobody comes in an idle one or after the end', () => {
  const due = allOf([
    { name: 'busy', seconds: 100, rps: [50, 50] },
    { name: 'idle', seconds: 100, rps: [0, 0] },
    { name: 'falling', seconds: 100, rps: [40, 0] },
  ]);
  near(countIn(due, 0, 100), 5_000);
  assert.equal(countIn(due, 100, 200), 0);
  near(countIn(due, 200, 300), 2_000);
  assert.ok(due.every((ms, index) => index === 0 || ms >= (due[index - 1] ?? 0)));
});

test('a load that is compressed keeps its rates', () => {
  for (const scenario of scenarios.filter(({ visitors }) => visitors === undefined)) {
    const short = compress(scenario, 60);
    assert.equal(Math.round(durationMs(short)), Math.round(durationMs(scenario) / 60));
    const expected = short.stages.reduce(
      (sum, { seconds, rps: [from, to], atOnce = 0 }) => sum + atOnce + (seconds * (from + to)) / 2,
      0,
    );
    near(allOf(short.stages).length, expected);
  }
});

test('three thousand at once are exactly so many, at once, at any speed', () => {
  const burst = scenarios.find(({ name }) => name === 'burst');
  assert.ok(burst);
  for (const speed of [1, 60]) {
    const due = allOf(compress(burst, speed).stages);
    assert.deepEqual(
      due,
      Array.from({ length: 3_000 }, () => 0),
    );
  }
  const later = allOf([
    { name: 'calm', seconds: 10, rps: [5, 5] },
    { name: 'rush', seconds: 10, rps: [5, 5], atOnce: 100 },
  ]);
  assert.equal(later.filter((ms) => ms === 10_000).length, 100);
  near(later.length - 100, 100);
  assert.deepEqual(
    later,
    later.toSorted((a, b) => a - b),
  );
});

test('a load of visitors is never so short that they only arrive', () => {
  const users = scenarios.find(({ name }) => name === 'users');
  assert.ok(users);
  assert.equal(durationMs(compress(users, 1)), 600_000);
  assert.equal(durationMs(compress(users, 10)), 60_000);
  assert.equal(durationMs(compress(users, 60)), 40_000);
});

test('the scenarios are the loads of the original', () => {
  const told = scenarios.map((scenario) => {
    const rates = scenario.stages.flatMap(({ rps }) => rps);
    const minutes = Math.round(durationMs(scenario) / 60_000);
    return `${scenario.name}: ${minutes} min, ${Math.min(...rates)}–${Math.max(...rates)} rps`;
  });
  assert.deepEqual(told, [
    'smoke: 120 min, 30–30 rps',
    'smoke-cached: 120 min, 40–40 rps',
    'ramp: 16 min, 5–80 rps',
    'climb: 40 min, 1–100 rps',
    'steady: 30 min, 60–60 rps',
    'spike: 40 min, 5–50 rps',
    'threshold: 30 min, 130–180 rps',
    'db-ladder: 21 min, 3–100 rps',
    'users: 10 min, 0–0 rps',
    'burst: 1 min, 0–0 rps',
    'idle: 10 min, 0–0 rps',
  ]);
});
