import type { Logger, SproutConfig } from '@sprout/process';
import type { ObjectiveStatus } from './api/schemas.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { MeterPlan } from './meter/plan.ts';
import type { PageStore } from './pages/page-store.ts';
import type { Pager } from './pages/pager.ts';
import type { MeterHealth } from './status/knowledge.ts';
import type { MinuteClock } from './status/minute-clock.ts';
import { objectiveStatus, sumsOf } from './status/objective-status.ts';
import type { ObjectiveConfig } from './status/objective-status.ts';

/** What the API, the gauges and the pages are answered from. */
export interface ServiceContext {
  readonly config: SproutConfig;
  readonly logger: Logger;
  readonly clock: MinuteClock;
  readonly plan: MeterPlan;
  readonly ledger: Ledger;
  readonly pageStore: PageStore;
  readonly pager: Pager;
  meterHealth(): MeterHealth;
  /** Grows whenever the ledger or the pages change. */
  revision(): number;
  /** Unix milliseconds. */
  now(): number;
  /** The service's own base URL, as people reach it. */
  ownUrl(): string;
}

/** How one promise stands now; rejects when it cannot be told. */
export function statusNow(
  context: ServiceContext,
  objective: ObjectiveConfig,
): Promise<ObjectiveStatus> {
  const { config, plan, ledger, clock, now } = context;
  const planned = plan.objectives[config.objectives.indexOf(objective)];
  if (planned === undefined) throw new Error(`objective ${objective.id} is not planned`);
  return objectiveStatus(objective, sumsOf(ledger, objective.id), {
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
