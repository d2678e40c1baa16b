import assert from 'node:assert/strict';
import { it } from 'node:test';
import { burnWindows } from './burn-windows.ts';

const named = (seconds: number) =>
  burnWindows(seconds).map(({ name, threshold }) => [name, threshold]);

it('30 days have the windows of the workbook, each with its most sensitive threshold', () => {
  assert.deepEqual(named(30 * 86_400), [
    ['5m', 14.4],
    ['30m', 6],
    ['1h', 14.4],
    ['2h', 3],
    ['6h', 1],
    ['1d', 3],
    ['3d', 1],
  ]);
});

it('windows shorter than a ledger minute are left out, the last hour is always there', () => {
  assert.deepEqual(named(7200), [
    ['1m', 1],
    ['4m', 3],
    ['12m', 1],
    ['1h', null],
  ]);
});
