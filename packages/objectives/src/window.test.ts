import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  calendar,
  parseWindow,
  rolling,
  windowName,
  windowSeconds,
  windowStartMs,
} from './window.ts';

it('a window has one name, which is read back', () => {
  for (const window of [rolling('1h'), rolling('1y'), calendar('week', 'America/New_York')]) {
    assert.deepEqual(parseWindow(windowName(window)), window);
  }
  assert.equal(windowName(calendar('month')), 'month@Asia/Seoul');
  assert.deepEqual(parseWindow('quarter'), calendar('quarter', 'Asia/Seoul'));
});

for (const name of ['', 'soon', 'month@', 'month@Nowhere/None', '30d@Asia/Seoul', 'day@UTC@UTC']) {
  it(`"${name}" names no window`, () => {
    assert.throws(() => parseWindow(name), RangeError);
  });
}

it('the nominal length of a unit does not depend on the date', () => {
  const days = (['day', 'week', 'month', 'quarter', 'year'] as const).map(
    (unit) => windowSeconds(calendar(unit)) / 86_400,
  );
  assert.deepEqual(days, [1, 7, 30, 90, 365]);
  assert.equal(windowSeconds(rolling('1y')), 365 * 86_400);
});

it('a rolling window begins its length ago, a calendar window with its unit', () => {
  const at = Date.parse('2026-11-23T12:00:00Z');
  const start = (name: string, atMs = at) =>
    new Date(windowStartMs(parseWindow(name), atMs)).toISOString();
  assert.equal(start('1d'), '2026-11-22T12:00:00.000Z');
  assert.equal(start('day@Asia/Seoul'), '2026-11-22T15:00:00.000Z');
  assert.equal(start('month@Asia/Seoul'), '2026-10-31T15:00:00.000Z');
  assert.equal(start('month@UTC'), '2026-11-01T00:00:00.000Z');
});

it('a calendar window that reaches exactly up to the end of its unit is the whole unit', () => {
  const end = Date.parse('2026-11-30T15:00:00Z');
  const start = (atMs: number) => new Date(windowStartMs(calendar('month'), atMs)).toISOString();
  assert.equal(start(end), '2026-10-31T15:00:00.000Z');
  assert.equal(start(end + 1), '2026-11-30T15:00:00.000Z');
});
