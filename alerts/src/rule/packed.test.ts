import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '@sprout/query';
import { buildRules } from '../build-rules.ts';
import { defaultConfig } from '../testing/config.ts';
import { packed, rulesPerGroupMax } from './packed.ts';
import type { Rule } from './rule.ts';

const group = { name: 'g', intervalSeconds: 15 };
const rules = (record: string, count: number): Rule[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'recording',
    record: `${record}${index}`,
    expr: call('vector', '1'),
    labels: {},
  }));
const sizes = (...counts: number[]) =>
  packed(
    group,
    counts.map((count) => rules('r', count)),
  ).map(({ name, rules: { length } }) => [name, length]);

test('groups are filled with whole bundles, in their order', () => {
  assert.deepEqual(sizes(), []);
  assert.deepEqual(sizes(12, 8, 1), [
    ['g', 20],
    ['g-2', 1],
  ]);
  assert.deepEqual(sizes(12, 9, 11), [
    ['g', 12],
    ['g-2', 20],
  ]);
});

test('a bundle longer than any group is cut, and loses nothing', () => {
  assert.deepEqual(sizes(1, 45), [
    ['g', 1],
    ['g-2', 20],
    ['g-3', 20],
    ['g-4', 5],
  ]);
});

test('Mimir takes every group of the market, each by its own name', () => {
  const groups = buildRules(defaultConfig);
  assert.ok(groups.every(({ rules: { length } }) => length > 0 && length <= rulesPerGroupMax));
  assert.equal(new Set(groups.map(({ name }) => name)).size, groups.length);
  const speeds = groups.filter(({ name }) => name.startsWith('slo-'));
  const alone = speeds.filter(({ rules: all }) => !all.some(({ kind }) => kind === 'recording'));
  assert.deepEqual(alone, [], 'alerts stand beside what they look at');
});
