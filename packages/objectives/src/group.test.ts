import assert from 'node:assert/strict';
import { it } from 'node:test';
import { groupKey, groupLabels, groupOfKey, ledgerKey, objectiveOfKey } from './group.ts';

it('a group is named by its labels in order, encoded, and read back', () => {
  const labels = { route: 'a&b=c d?', zone: '서울', other: 'x' };
  const key = groupKey(['zone', 'route'], labels);
  assert.equal(key, 'route=a%26b%3Dc%20d%3F&zone=%EC%84%9C%EC%9A%B8');
  assert.deepEqual(groupLabels(key), { route: 'a&b=c d?', zone: '서울' });
  const stored = ledgerKey('orders', key);
  assert.deepEqual([objectiveOfKey(stored), groupOfKey(stored)], ['orders', key]);
});

it('a label that a series has not is empty, and `other` has no labels', () => {
  assert.equal(groupKey(['route'], {}), 'route=');
  assert.equal(groupLabels('other'), null);
  assert.deepEqual([objectiveOfKey('orders'), groupOfKey('orders')], ['orders', '']);
});
