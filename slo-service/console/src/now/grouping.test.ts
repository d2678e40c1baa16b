import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { sampleBudget, sampleStatus } from '../objective/sample-status.ts';
import { filterObjectives, groupObjectives } from './grouping.ts';
import { headlineWords, worstVerdict } from './headline-words.ts';
import { sourceHealth } from './source-health.ts';

const order = sampleStatus();
const orderShort = sampleStatus({
  id: 'order-latency-2h',
  window: '2h',
  alerts: false,
  pages: false,
});
const database = sampleStatus({ id: 'order-db', pageGroup: 'order-db', pages: false });
const product = sampleStatus({
  id: 'product-latency',
  owner: 'product',
  pageGroup: 'route-product',
  verdict: 'broken',
  budget: sampleBudget(1000, 30),
});
const search = sampleStatus({ id: 'search', owner: 'search', pageGroup: 'search', pages: false });
const all = [order, orderShort, database, product, search];

test('promises are grouped by route, the worst route first', () => {
  const groups = groupObjectives(all);
  expect(groups.map(({ key }) => key)).toEqual(['route product', 'route order', 'service search']);
});

test('a shorter window goes with its promise, a dependency stands behind it', () => {
  const group = groupObjectives(all).find(({ route }) => route === 'order');
  expect(group?.promises).toEqual([{ main: order, variants: [orderShort] }]);
  expect(group?.behind).toEqual([database]);
});

test('no objective is lost or shown twice by grouping', () => {
  const shown = groupObjectives(all).flatMap(({ promises, behind }) => [
    ...promises.flatMap(({ main, variants }) => [main, ...variants]),
    ...behind,
  ]);
  expect(shown.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
});

test('the filter wants every word somewhere', () => {
  expect(filterObjectives(all, ' order  DB').map(({ id }) => id)).toEqual(['order-db']);
  expect(filterObjectives(all, 'broken').map(({ id }) => id)).toEqual(['product-latency']);
  expect(filterObjectives(all, '')).toHaveLength(all.length);
});

test('the headline counts what is not kept, and unknown is never fine', () => {
  expect(headlineWords(all, en)).toBe('1 of 5 promises broken');
  expect(headlineWords([order, database], en)).toBe('All 2 promises are kept');
  const stale = sampleStatus({ state: 'stale' });
  expect(headlineWords([order, stale], en)).toBe('1 unknown, 1 of 2 kept');
  expect(worstVerdict([order, stale])).toBe('unknown');
  expect(worstVerdict(all)).toBe('broken');
});

test('a source that answers but is behind is late', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const source = { name: 'prometheus', healthy: true, error: null };
  const health = (lastMinute: string | null) => sourceHealth({ ...source, lastMinute }, now);
  expect(health('2026-11-23T11:58:00.000Z')).toBe('kept');
  expect(health('2026-11-23T11:40:00.000Z')).toBe('at_risk');
  expect(health(null)).toBe('at_risk');
  expect(sourceHealth({ ...source, healthy: false, lastMinute: null }, now)).toBe('broken');
});
