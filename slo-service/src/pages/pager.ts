import type { PrometheusClient } from '@sprout/query';
import type { Page } from '../api/schemas.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { applyNotification } from './episode.ts';
import type { PageRecord } from './episode.ts';
import { exampleTrace } from './example-trace.ts';
import type { PageStore } from './page-store.ts';
import type { WatchdogStore } from './watchdog-store.ts';
import { isWatchdog } from './webhook.ts';
import type { Webhook } from './webhook.ts';

/** Turns notifications of Alertmanager into pages that say what they cost. */
export interface Pager {
  /** Takes in a notification; the page is stored when this resolves. */
  notify(webhook: Webhook, nowMs: number): Promise<PageRecord | undefined>;
  /** Looks again at firing pages: for an example trace, and whether a held one can end. */
  enrich(nowMs: number): Promise<void>;
  /** Ends a page that fires no longer, unless its promises are not measured; whether it did. */
  end(id: string, nowMs: number): Promise<boolean>;
  /** When the alert that always fires was heard last, Unix milliseconds. */
  lastWatchdogMs(): number | null;
}

/** Firing pages that are looked at in one round. */
const firingMax = 100;
/** An exemplar may be older than the page: burn-rate windows look back. */
const exemplarsBeforeMs = 60 * 60_000;

/** A pager over a store; `budgetLeft` answers a fraction and the minute it holds for. */
export function createPager(options: {
  readonly store: PageStore;
  readonly watchdog: WatchdogStore;
  readonly objectives: readonly ObjectiveConfig[];
  readonly prometheus: Pick<PrometheusClient, 'queryExemplars'>;
  budgetLeft(objective: ObjectiveConfig, nowMs: number): Promise<BudgetLeft>;
  /** Whether enough minutes up to an instant were measured to believe good news. */
  isSeen(objective: ObjectiveConfig, atMs: number): Promise<boolean>;
  onError(message: string, error: unknown): void;
}): Pager {
  const { store, watchdog } = options;
  return {
    notify: async (webhook, nowMs) => {
      if (isWatchdog(webhook)) {
        await hear(options, nowMs);
        return undefined;
      }
      // Another replica may have heard of the group before.
      await store.refresh();
      const ending = webhook.status === 'resolved' ? store.firingOf(webhook.groupKey) : undefined;
      const isUnseen = ending !== undefined && (await isBlind(options, ending.page, nowMs));
      const told = applyNotification(store.firingOf(webhook.groupKey), webhook, nowMs);
      if (told === undefined) return undefined;
      const record = isUnseen ? held(told) : told;
      // Stored before it is enriched: a page must not be lost because Prometheus is slow.
      await store.save(record);
      const found = await enrichment(options, record.page, nowMs);
      // Another notification may have come in meanwhile; only what was found is changed.
      return (await store.amend(record.page.id, found)) ?? record;
    },
    enrich: async (nowMs) => {
      for (const { page } of store.list({ status: 'firing', limit: firingMax })) {
        if (isHeld(page)) await endSeen(options, page, nowMs);
        if (page.exampleTrace !== null || page.objectives.length === 0) continue;
        const trace = await traceOf(options, page, nowMs);
        if (trace !== null) await store.amend(page.id, { exampleTrace: trace });
      }
    },
    end: async (id, nowMs) => {
      const page = store.find(id)?.page;
      return page?.status === 'firing' && (await endSeen(options, page, nowMs));
    },
    lastWatchdogMs: watchdog.lastMs,
  };
}

interface BudgetLeft {
  readonly leftFraction: number | null;
  /** ISO 8601 minute of the ledger. */
  readonly asOf: string;
}

type Options = Parameters<typeof createPager>[0];

/** Alerting works while the storage does not: that other replicas are not told is only logged. */
async function hear({ watchdog, onError }: Options, nowMs: number): Promise<void> {
  try {
    await watchdog.heard(nowMs);
  } catch (error) {
    onError('other replicas were not told that alerting works', error);
  }
}

/**
 * Whether a promise of a page was measured when it began, and is not now: rules find nothing in
 * silence, so Alertmanager resolves what nobody saw end.
 */
async function isBlind(options: Options, page: Page, nowMs: number): Promise<boolean> {
  for (const objective of promisedBy(page, options.objectives)) {
    try {
      const wasSeen = await options.isSeen(objective, Date.parse(page.startedAt));
      if (wasSeen && !(await options.isSeen(objective, nowMs))) return true;
    } catch (error) {
      options.onError(`whether ${objective.id} is measured is not known`, error);
    }
  }
  return false;
}

/** A page whose end nobody saw goes on. */
const held = (told: PageRecord): PageRecord => ({
  ...told,
  page: { ...told.page, status: 'firing', endedAt: null },
});

/** Alertmanager has resolved it, and it was not believed. */
const isHeld = ({ status, notifications }: Page): boolean =>
  status === 'firing' && notifications.at(-1)?.status === 'resolved';

/** Ends a page if its promises are measured, unless something was told of it meanwhile. */
async function endSeen(options: Options, page: Page, nowMs: number): Promise<boolean> {
  if (await isBlind(options, page, nowMs)) return false;
  const now = options.store.find(page.id)?.page;
  const isSame =
    now?.status === 'firing' && now.notifications.at(-1)?.at === page.notifications.at(-1)?.at;
  if (!isSame) return false;
  await options.store.amend(page.id, {
    status: 'resolved',
    endedAt: new Date(nowMs).toISOString(),
  });
  return true;
}

async function enrichment(options: Options, page: Page, nowMs: number) {
  return {
    budgetSpent: await budgetsOf(options, page, nowMs),
    exampleTrace: page.exampleTrace ?? (await traceOf(options, page, nowMs)),
  };
}

function budgetsOf(
  { objectives, budgetLeft, onError }: Options,
  page: Page,
  nowMs: number,
): Promise<Page['budgetSpent']> {
  return Promise.all(
    promisedBy(page, objectives).map(async (objective) => {
      try {
        const { leftFraction, asOf } = await budgetLeft(objective, nowMs);
        const fraction = leftFraction === null ? null : 1 - leftFraction;
        return { objective: objective.id, fraction, asOf };
      } catch (error) {
        onError(`the budget of ${objective.id} is not known`, error);
        return { objective: objective.id, fraction: null, asOf: new Date(nowMs).toISOString() };
      }
    }),
  );
}

async function traceOf(
  { prometheus, objectives, onError }: Options,
  page: Page,
  nowMs: number,
): Promise<Page['exampleTrace']> {
  const range = { fromMs: Date.parse(page.startedAt) - exemplarsBeforeMs, toMs: nowMs };
  try {
    for (const objective of promisedBy(page, objectives)) {
      const traceId = await exampleTrace(prometheus, objective, range);
      if (traceId !== undefined) return { traceId, url: `/trace/${encodeURIComponent(traceId)}` };
    }
  } catch (error) {
    onError('no example trace', error);
  }
  return null;
}

function promisedBy(page: Page, objectives: readonly ObjectiveConfig[]): ObjectiveConfig[] {
  return objectives.filter(({ id }) => page.objectives.some((objective) => objective.id === id));
}
