import type { Logger, SproutConfig } from '@sprout/process';
import type { Access } from './access/access.ts';
import type { AnnotationStore } from './annotations/annotation-store.ts';
import type { ObjectiveStatus } from './api/schemas.ts';
import type { ExclusionStore } from './exclusions/exclusion-store.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { MeterPlan } from './meter/plan.ts';
import type { PageStore } from './pages/page-store.ts';
import type { Pager } from './pages/pager.ts';
import type { MeterHealth } from './status/knowledge.ts';
import type { MinuteClock } from './status/minute-clock.ts';
import { objectiveStatus } from './status/objective-status.ts';
import type { ObjectiveConfig } from './status/objective-status.ts';
import { readerOf } from './status/reader.ts';
import type { ObjectiveReader } from './status/reader.ts';

/** What the API, the gauges and the pages are answered from. */
export interface ServiceContext {
  readonly config: SproutConfig;
  readonly logger: Logger;
  /** What callers are known by; undefined where everything is open. */
  readonly access: Access | undefined;
  readonly clock: MinuteClock;
  readonly plan: MeterPlan;
  readonly ledger: Ledger;
  readonly pageStore: PageStore;
  readonly exclusionStore: ExclusionStore;
  readonly annotationStore: AnnotationStore;
  readonly pager: Pager;
  meterHealth(): MeterHealth;
  /** Grows whenever the ledger or the pages change. */
  revision(): number;
  /** Unix milliseconds. */
  now(): number;
  /** The service's own base URL, as people reach it. */
  ownUrl(): string;
}

/** One objective's part of the ledger, with the exclusions in force. */
export function readerFor(
  { ledger, exclusionStore, clock }: ServiceContext,
  { id }: Pick<ObjectiveConfig, 'id'>,
): ObjectiveReader {
  return readerOf({ ledger, exclusions: exclusionStore.inForce, clock }, id);
}

/** How one promise stands now; rejects when it cannot be told. */
export function statusNow(
  context: ServiceContext,
  objective: ObjectiveConfig,
): Promise<ObjectiveStatus> {
  const { config, plan, clock, now } = context;
  const planned = plan.objectives[config.objectives.indexOf(objective)];
  if (planned === undefined) throw new Error(`objective ${objective.id} is not planned`);
  return objectiveStatus(objective, readerFor(context, objective), {
    nowMs: now(),
    clock,
    planned,
    meter: context.meterHealth(),
    firing: firingPages(context, objective.id),
  });
}

/** Firing pages that are looked through for an objective. */
const firingMax = 1000;

function firingPages({ pageStore }: ServiceContext, objective: string): string[] {
  return pageStore
    .list({ status: 'firing', limit: firingMax })
    .filter(({ page }) => page.objectives.some(({ id }) => id === objective))
    .map(({ page }) => page.id);
}
