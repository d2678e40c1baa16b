import { expect, test } from 'vitest';
import { listItemsMax, wholeList } from './whole-list.ts';

const listOf = (total: number) => async (url: string) => {
  const { searchParams } = new URL(url, 'http://own');
  const start = Number(searchParams.get('cursor') ?? 0);
  const end = Math.min(total, start + Number(searchParams.get('limit')));
  const items = Array.from({ length: end - start }, (_, index) => start + index);
  return { items, next: end < total ? String(end) : null };
};

test('a list is followed to its end, in order', async () => {
  const { items, next } = await wholeList('/list?limit=60', listOf(150));
  expect(items).toEqual([...Array(150).keys()]);
  expect(next).toBeNull();
});

test('a list that is longer than a page shows is cut, and tells', async () => {
  const { items, next } = await wholeList('/list?limit=500', listOf(listItemsMax + 1));
  expect(items).toHaveLength(listItemsMax);
  expect(next).toBe(String(listItemsMax));
});
