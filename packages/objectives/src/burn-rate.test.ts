import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assert as assertProperty, integer, property } from 'fast-check';
import { burnRate, burnRatePairs } from './burn-rate.ts';

const hour = 3600;
const day = 24 * hour;

it('pairs of 30 days are those of the SRE workbook', () => {
  assert.deepEqual(
    burnRatePairs(30 * day).map(({ severity, factor, longSeconds, shortSeconds }) => [
      severity,
      factor,
      longSeconds,
      shortSeconds,
    ]),
    [
      ['page', 14.4, hour, 300],
      ['page', 6, 6 * hour, 1800],
      ['ticket', 3, day, 2 * hour],
      ['ticket', 1, 3 * day, 6 * hour],
    ],
  );
});

it('pairs of any period stand for the same fractions of its budget', () => {
  assertProperty(
    property(integer({ min: hour, max: 366 * day }), (period) => {
      for (const { factor, longSeconds, budgetFraction } of burnRatePairs(period)) {
        const spent = (factor * longSeconds) / period;
        assert.ok(Math.abs(spent - budgetFraction) < 1e-9);
      }
    }),
  );
});

it('burn rate 1 is exactly the allowed error ratio', () => {
  assert.equal(burnRate(1, 100, 0.99), 1);
  assert.equal(burnRate(2, 100, 0.99), 2);
  assert.equal(burnRate(0, 100, 0.99), 0);
});

it('burn rate without events is unknown', () => {
  assert.equal(burnRate(0, 0, 0.99), null);
});
