import { getJson } from './request.ts';
import { refreshMs, useFetched } from './resource.ts';
import type { Resource } from './resource.ts';

/** Items of a list that a page shows; beyond, it says that the list is cut. */
export const listItemsMax = 2000;

/** A list of the API, or as much of it as was asked for; `next` is null at its end. */
export interface List<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Fetches a list to its end, or to `listItemsMax`; null fetches nothing. */
export function useWholeList<T>(url: string | null, everyMs = refreshMs): Resource<List<T>> {
  return useFetched(url, everyMs, (signal) =>
    wholeList(url ?? '', (part) => getJson<List<T>>(part, signal)),
  );
}

/** Follows `next` from the first part of a list. */
export async function wholeList<T>(
  url: string,
  get: (url: string) => Promise<List<T>>,
): Promise<List<T>> {
  const items: T[] = [];
  let part = await get(url);
  items.push(...part.items);
  while (part.next !== null && items.length < listItemsMax) {
    part = await get(`${url}&${new URLSearchParams({ cursor: part.next }).toString()}`);
    items.push(...part.items);
  }
  return { items, next: part.next };
}
