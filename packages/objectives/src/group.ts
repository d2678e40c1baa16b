/** The group of everything beyond an objective's `groupsMax`. */
export const otherGroup = 'other';

/**
 * The name of a label set: `label=value&…`, sorted by label, URL-encoded. A label that a series
 * has not is empty, as in PromQL.
 */
export function groupKey(
  groupBy: readonly string[],
  labels: Readonly<Record<string, string>>,
): string {
  return groupBy
    .toSorted()
    .map((label) => `${label}=${encodeURIComponent(labels[label] ?? '')}`)
    .join('&');
}

/** The labels that a name stands for; null for the group `other`. */
export function groupLabels(group: string): Record<string, string> | null {
  return group === otherGroup ? null : Object.fromEntries(new URLSearchParams(group));
}

/** What the ledger keeps a group of an objective under; the whole is kept under its id. */
export function ledgerKey(objective: string, group?: string): string {
  return group === undefined ? objective : `${objective}?${group}`;
}

/** The objective that a key of the ledger belongs to. */
export function objectiveOfKey(key: string): string {
  return key.split('?', 1)[0] ?? key;
}

/** The group that a key of the ledger belongs to; empty for a whole. */
export function groupOfKey(key: string): string {
  return key.slice(objectiveOfKey(key).length + 1);
}
