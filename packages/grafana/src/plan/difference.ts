import { isBuiltIn, isDefault } from './defaults.ts';

/** One value that differs. What is absent on a side is undefined there. */
export interface Difference {
  /** For example `spec.elements.budget-left.spec.title` or `spec.links[0].spec.url`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What differs in meaning between two JSON values, by path. A field that is left out equals one
 * that has Grafana's default; objects and lists that one side lacks are one difference.
 */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  return compare(before, after, path, '');
}

function compare(before: unknown, after: unknown, path: string, key: string): Difference[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path);
  if (isObject(before) && isObject(after)) return compareObjects(before, after, path);
  const isAbsent = before === undefined || after === undefined;
  if (isAbsent && isDefault(key, before ?? after)) return [];
  return isEmpty(before) && isEmpty(after) ? [] : [{ path, before, after }];
}

/** Go writes an empty list or object as null, or not at all. */
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

function compareObjects(before: JsonObject, after: JsonObject, path: string): Difference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    compare(before[key] ?? undefined, after[key] ?? undefined, joined(path, key), key),
  );
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): Difference[] {
  const old = before.filter((item) => !isBuiltIn(item));
  const now = after.filter((item) => !isBuiltIn(item));
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => {
    const at = `${path}[${index}]`;
    // An item that only one side has differs, even if it is empty: the lists have other lengths.
    if (index >= old.length || index >= now.length)
      return [{ path: at, before: old[index], after: now[index] }];
    return compare(old[index], now[index], at, '');
  }).flat();
}

const joined = (path: string, key: string): string =>
  /^[\w-]+$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`;

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
