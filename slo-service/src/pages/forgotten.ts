import type { AlertGroup } from '@sprout/query';
import type { PageRecord } from './episode.ts';
import { pagesMax } from './page-store.ts';
import type { PageStore } from './page-store.ts';
import type { Pager } from './pager.ts';

/**
 * Ends pages whose end was never told: a notification can be lost, or overtaken by an older one.
 * Alertmanager is asked which groups fire. A page ends when two answers in a row do not know its
 * group; no answer says nothing, and what is not measured goes on all the same.
 */
export function createForgotten(options: {
  readonly store: Pick<PageStore, 'list'>;
  readonly pager: Pick<Pager, 'end'>;
  /** Between two looks: long enough for Alertmanager to hear of everything after it restarted. */
  readonly everyMs: number;
  groups(): Promise<readonly AlertGroup[]>;
  onEnd(page: PageRecord['page']): void;
  onError(message: string, error: unknown): void;
}): (nowMs: number) => Promise<void> {
  const { store, pager, everyMs, groups, onEnd, onError } = options;
  let lookedMs = -Infinity;
  let unknown: ReadonlySet<string> = new Set();
  return async (nowMs) => {
    if (nowMs - lookedMs < everyMs) return;
    lookedMs = nowMs;
    const before = unknown;
    unknown = new Set();
    const firing = store.list({ status: 'firing', limit: pagesMax });
    if (firing.length === 0) return;
    try {
      const known = await groups();
      const lost = firing.filter((record) => !known.some((group) => isOf(record, group)));
      unknown = new Set(lost.map(({ page }) => page.id));
      for (const { page } of lost) {
        if (before.has(page.id) && (await pager.end(page.id, nowMs))) onEnd(page);
      }
    } catch (error) {
      onError('whether pages still fire is not known', error);
    }
  };
}

/** Whether a page is about a group; of a key that cannot be compared, when they may be the same. */
function isOf({ groupKey, page }: PageRecord, { labels, alerts }: AlertGroup): boolean {
  if (groupKey.endsWith(`:${labelText(labels)}`)) return true;
  // Go escapes more than JSON does.
  if (!groupKey.includes('\\')) return false;
  return alerts.some(
    (alert) => (alert.labels['page_group'] ?? alert.labels['alertname']) === page.pageGroup,
  );
}

/** Labels as they stand at the end of a group's key: `{page_group="shop", severity="page"}`. */
function labelText(labels: AlertGroup['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${pairs.toSorted().join(', ')}}`;
}
