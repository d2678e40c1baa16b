import { expect, test } from 'vitest';
import { formatRatio, formatTarget } from './ratio.ts';

const nbsp = '\u00a0';
const plain = (text: string) => text.replaceAll(nbsp, ' ');

test.each([
  [0.9923, '99.23 %'],
  [0.99, '99 %'],
  [0.98999, '98.99 %'],
  [0.989999, '98.99 %'],
  [0.990001, '99.0001 %'],
  [0.99999, '99.99 %'],
  [0.9999999, '99.99 %'],
  [1, '100 %'],
  [0, '0 %'],
])('compliance %d beside a promise of 99 %% reads %s', (value, text) => {
  expect(plain(formatRatio(value, 0.99))).toBe(text);
});

test.each([
  [0.23456, '23.4 %'],
  [0.999999, '99.9 %'],
  [0.0004, '0.04 %'],
  [-0.346, '−34.6 %'],
  [-0.00001, '−0.1 %'],
  [-9.64321, '−965 %'],
  [null, '–'],
  [Number.NaN, '–'],
])('a budget left of %d reads %s', (value, text) => {
  expect(plain(formatRatio(value))).toBe(text);
});

test('a ratio below the promise never reads like the promise, one below 100 % never like 100 %', () => {
  for (let step = 1; step < 5000; step += 1) {
    const value = 1 - step / 250_000;
    const shown = Number(plain(formatRatio(value, 0.99)).replace(' %', '')) / 100;
    expect(shown).toBeLessThanOrEqual(value + 1e-12);
    if (value < 0.99) expect(shown).toBeLessThan(0.99);
    expect(shown).toBeLessThan(1);
  }
});

test('a promise keeps all its digits', () => {
  expect([0.99, 0.9995, 0.99999, 0.5].map((target) => plain(formatTarget(target)))).toEqual([
    '99 %',
    '99.95 %',
    '99.999 %',
    '50 %',
  ]);
});
