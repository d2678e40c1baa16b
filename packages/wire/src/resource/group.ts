import type { Attributes } from '../attribute/attributes.ts';

/** The items that share one resource, by scope name. */
export interface ResourceGroup<T> {
  readonly resource: Attributes;
  readonly scopes: Map<string, T[]>;
}

/**
 * Groups items by resource and scope, in order of first appearance.
 *
 * Resources with the same content are one group even when they are different objects.
 */
export function groupByResource<T extends { readonly resource: Attributes }>(
  items: readonly T[],
  scopeOf: (item: T) => string,
): ResourceGroup<T>[] {
  const groups = new Map<string, ResourceGroup<T>>();
  const keys = new Map<Attributes, string>();
  for (const item of items) {
    const key = keys.get(item.resource) ?? contentKey(item.resource);
    keys.set(item.resource, key);
    const group = groups.get(key) ?? { resource: item.resource, scopes: new Map<string, T[]>() };
    groups.set(key, group);
    const scope = scopeOf(item);
    const members = group.scopes.get(scope);
    if (members) members.push(item);
    else group.scopes.set(scope, [item]);
  }
  return [...groups.values()];
}

// What JSON cannot say is tagged with its type, so that 5n, '5' and a byte 5 stay three resources.
function contentKey(resource: Attributes): string {
  return JSON.stringify(resource, (_key, value: unknown) => {
    if (typeof value === 'bigint') return { bigint: String(value) };
    if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
    return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
  });
}
