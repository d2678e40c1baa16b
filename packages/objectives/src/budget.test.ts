import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assert as assertProperty, integer, property } from 'fast-check';
import { budget, secondsToExhaustion } from './budget.ts';
import { burnRate } from './burn-rate.ts';

it('budget is 1 untouched, 0 spent, and below 0 overspent', () => {
  const of = (bad: number) => budget({ good: 1000 - bad, bad, valid: 1000 }, 0.99);
  assert.deepEqual(of(0).leftFraction, 1);
  assert.deepEqual(of(10).leftFraction, 0);
  assert.deepEqual(of(15).leftFraction, -0.5);
  assert.deepEqual(of(4).left, 6);
});

it('allowed events carry no noise of binary fractions', () => {
  assert.equal(budget({ good: 1000, bad: 0, valid: 1000 }, 0.99).allowed, 10);
  assert.equal(budget({ good: 1e6, bad: 0, valid: 1e6 }, 0.999).allowed, 1000);
});

it('budget without events is unknown, neither kept nor spent', () => {
  const { compliance, leftFraction, allowed, left } = budget({ good: 0, bad: 0, valid: 0 }, 0.99);
  assert.deepEqual({ compliance, leftFraction }, { compliance: null, leftFraction: null });
  assert.deepEqual({ allowed, left }, { allowed: 0, left: 0 });
});

it('what is spent is the burn rate of the whole window', () => {
  assertProperty(
    property(
      integer({ min: 1, max: 1e9 }),
      integer({ min: 0, max: 1e6 }),
      (valid, badInAMillion) => {
        const bad = (valid * badInAMillion) / 1e6;
        const { leftFraction } = budget({ good: valid - bad, bad, valid }, 0.995);
        const burned = burnRate(bad, valid, 0.995) ?? 0;
        assert.ok(Math.abs(1 - (leftFraction ?? 0) - burned) <= 1e-9 * Math.max(1, burned));
      },
    ),
  );
});

it('a budget lasts for what is left of it, not for the whole window again', () => {
  const day = 86_400;
  assert.equal(secondsToExhaustion(1, 30 * day, 1), 30 * day);
  assert.equal(secondsToExhaustion(0.5, 30 * day, 2), 7.5 * day);
});

it('a spent budget lasts no longer, and one that does not burn has no end', () => {
  assert.equal(secondsToExhaustion(-0.2, 1000, 3), 0);
  assert.equal(secondsToExhaustion(0.2, 1000, 0), null);
  assert.equal(secondsToExhaustion(null, 1000, 1), null);
  assert.equal(secondsToExhaustion(0.2, 1000, null), null);
});
