import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatBurnRate, formatRatio, formatTarget, roundCount, wholeCount } from './figure.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

it('a compliance beside its promise is rounded down and keeps the nines', () => {
  const shown = [
    [0.9923, '99.23 %'],
    [0.99, '99 %'],
    [0.98999, '98.99 %'],
    [0.989999, '98.99 %'],
    [0.990001, '99.0001 %'],
    [0.99999, '99.99 %'],
    [0.9999999, '99.99 %'],
    [1, '100 %'],
    [0, '0 %'],
  ] as const;
  for (const [value, text] of shown) assert.equal(plain(formatRatio(value, 0.99)), text);
});

it('a budget left has one digit, and none above 100 %', () => {
  const shown = [
    [0.23456, '23.4 %'],
    [0.999999, '99.9 %'],
    [0.0004, '0.04 %'],
    [-0.346, '−34.6 %'],
    [-0.00001, '−0.1 %'],
    [-9.64321, '−965 %'],
    [null, '–'],
    [Number.NaN, '–'],
  ] as const;
  for (const [value, text] of shown) assert.equal(plain(formatRatio(value)), text);
});

it('a ratio below the promise never reads like the promise, one below 100 % never like 100 %', () => {
  for (let step = 1; step < 5000; step += 1) {
    const value = 1 - step / 250_000;
    const shown = Number(plain(formatRatio(value, 0.99)).replace(' %', '')) / 100;
    assert.ok(shown <= value + 1e-12);
    if (value < 0.99) assert.ok(shown < 0.99);
    assert.ok(shown < 1);
  }
});

it('a promise keeps all its digits', () => {
  const shown = [0.99, 0.9995, 0.99999, 0.5].map((target) => plain(formatTarget(target)));
  assert.deepEqual(shown, ['99 %', '99.95 %', '99.999 %', '50 %']);
});

it('burn rates keep the digits that decide', () => {
  const shown = [0, 0.004, 0.774, 1, 14.4, 120.4, null].map(formatBurnRate);
  assert.deepEqual(shown, ['0×', '<0.01×', '0.77×', '1×', '14.4×', '120×', '–']);
});

it('fractions of events are shown below a hundred only', () => {
  assert.deepEqual(
    [0.44, 79.6, 99.96, 100.4, -8336.6].map(roundCount),
    [0.4, 79.6, 100, 100, -8337],
  );
});

it('a part of an event allows none, and binary noise takes none away', () => {
  assert.deepEqual([79.6, 0.29 * 100, -0.5].map(wholeCount), [79, 29, -1]);
});
