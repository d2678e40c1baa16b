import { groupOfKey } from '@sprout/objectives';
import type { Logger, SproutConfig } from '@sprout/process';
import type { Access } from './access/access.ts';
import type { AuditLog } from './audit/audit-log.ts';
import type { AnnotationStore } from './annotations/annotation-store.ts';
import type { ApproximationStore } from './approximations/approximation-store.ts';
import type { ExclusionStore } from './exclusions/exclusion-store.ts';
import type { Policies } from './policies/policies.ts';
import type { Muting } from './exclusions/muting.ts';
import type { PrometheusClient } from '@sprout/query';
import type { Ledger } from './ledger/ledger.ts';
import type { MeterPlan } from './meter/plan.ts';
import type { SourceUsage } from './meter/prometheus-source.ts';
import type { MeterRules } from './meter/rules.ts';
import { pagesMax } from './pages/page-store.ts';
import type { PageStore } from './pages/page-store.ts';
import type { Pager } from './pages/pager.ts';
import { coarseSpan } from './status/coarse.ts';
import type { MeterHealth } from './status/knowledge.ts';
import type { MinuteClock } from './status/minute-clock.ts';
import { objectiveStatus } from './status/objective-status.ts';
import type { ObjectiveConfig } from './status/objective-config.ts';
import type { MeasuredAt, Standing } from './status/objective-status.ts';
import { readerOf } from './status/reader.ts';
import type { ObjectiveReader } from './status/reader.ts';
import type { PromiseHistory } from './versions/promise-history.ts';
import type { VersionStore } from './versions/version-store.ts';
import type { LedgerReader } from './view/ledger-view.ts';
import { measuredOnly } from './history/measured-only.ts';
import type { SimulationStore } from './history/simulation-store.ts';

/** What the API, the gauges and the pages are answered from. */
export interface ServiceContext {
  readonly config: SproutConfig;
  readonly logger: Logger;
  /** What callers are known by; undefined where everything is open. */
  readonly access: Access | undefined;
  readonly clock: MinuteClock;
  readonly plan: MeterPlan;
  readonly ledger: Ledger;
  /** The ledger as promises see it: events, time slices, composites. */
  readonly view: LedgerReader;
  /** What was promised, and when. */
  historyOf(objective: ObjectiveConfig): PromiseHistory;
  readonly pageStore: PageStore;
  readonly exclusionStore: ExclusionStore;
  readonly annotationStore: AnnotationStore;
  readonly audit: AuditLog;
  readonly versionStore: VersionStore;
  /** What of the ledger never happened. */
  readonly simulationStore: SimulationStore;
  /** What of the ledger was read as sums of many series. */
  readonly approximationStore: ApproximationStore;
  readonly pager: Pager;
  readonly prometheus: PrometheusClient;
  readonly muting: Muting;
  readonly policies: Policies;
  readonly meterRules: MeterRules;
  /** What was read from Prometheus since the start. */
  sourceUsage(): SourceUsage;
  meterHealth(): MeterHealth;
  /** Whether this replica writes the ledger. */
  writes(): boolean;
  /** Grows whenever the ledger or the pages change. */
  revision(): number;
  /** Unix milliseconds. */
  now(): number;
  /** The service's own base URL, as people reach it. */
  ownUrl(): string;
}

/** What readers of the ledger are made from. */
export type ReaderSources = Pick<
  ServiceContext,
  | 'config'
  | 'view'
  | 'exclusionStore'
  | 'clock'
  | 'historyOf'
  | 'simulationStore'
  | 'approximationStore'
> &
  Partial<Pick<ServiceContext, 'meterHealth'>>;

/** One objective's part of the ledger, or one group's, with the exclusions in force. */
export function readerFor(
  sources: ReaderSources,
  objective: ObjectiveConfig,
  group?: string,
): ObjectiveReader {
  return readerOf(partsOf(sources), objective, group);
}

/** The same as it would be without simulated history. */
export function measuredReaderFor(
  sources: ReaderSources,
  objective: ObjectiveConfig,
  group?: string,
): ObjectiveReader {
  const { simulation, ledger, ...parts } = partsOf(sources);
  return readerOf({ ...parts, ledger: measuredOnly(ledger, simulation) }, objective, group);
}

function partsOf({
  config,
  view,
  exclusionStore,
  clock,
  historyOf,
  simulationStore,
  approximationStore,
  meterHealth,
}: ReaderSources) {
  return {
    ledger: view,
    exclusions: exclusionStore.inForce,
    clock,
    historyOf,
    simulation: simulationStore.read,
    coarse: () => coarseSpan(meterHealth?.().backfill, clock.minuteMs),
    approximations: (objective: ObjectiveConfig) =>
      leavesOf(config, objective).flatMap(approximationStore.of),
  };
}

/** The groups of an objective that the ledger knows, by name. */
export async function groupsOf({ ledger }: Pick<ServiceContext, 'ledger'>, objective: string) {
  return (await ledger.groupsOf(objective)).map(groupOfKey);
}

/** How one promise stands now; rejects when it cannot be told. */
export function statusNow(context: ServiceContext, objective: ObjectiveConfig): Promise<Standing> {
  return statusOf(context, objective, firingByObjective(context).get(objective.id) ?? []);
}

/** How a promise stood at an instant of the past, by the ledger and the pages of then. */
export function statusAt(
  context: ServiceContext,
  objective: ObjectiveConfig,
  atMs: number,
  firing: readonly string[] = firingByObjectiveAt(context, atMs).get(objective.id) ?? [],
): Promise<Standing> {
  return objectiveStatus(objective, readerFor(context, objective), {
    nowMs: atMs,
    clock: context.clock,
    measured: measuredAt(context, objective),
    meter: undefined,
    firing,
  });
}

/** The same as now when its firing pages are known, and what the meter knows of itself. */
export function statusOf(
  context: ServiceContext,
  objective: ObjectiveConfig,
  firing: readonly string[],
  known: { readonly meter?: MeterHealth; readonly reader?: ObjectiveReader } = {},
): Promise<Standing> {
  const { meter = context.meterHealth(), reader = readerFor(context, objective) } = known;
  const { clock, now } = context;
  return objectiveStatus(objective, reader, {
    nowMs: now(),
    clock,
    measured: measuredAt(context, objective),
    meter,
    firing,
  });
}

/** Where an objective is measured; a composite where its members are. */
function measuredAt({ config, plan }: ServiceContext, objective: ObjectiveConfig): MeasuredAt {
  const planned = leavesOf(config, objective).flatMap((id) => plan.byId.get(id) ?? []);
  return {
    selectors: [...new Set(planned.flatMap(({ valid }) => valid))],
    services: [...new Set(planned.flatMap(({ services }) => services))],
  };
}

/** An objective's own id; a composite's those of the metered objectives it is made of. */
function leavesOf({ objectives }: SproutConfig, objective: ObjectiveConfig): string[] {
  const find = (wanted: string) => objectives.find(({ id }) => id === wanted);
  const leaves = (one: ObjectiveConfig): string[] =>
    one.sli.composite?.of.flatMap((id) => leaves(find(id) ?? one)) ?? [one.id];
  return [...new Set(leaves(objective))];
}

/** Firing pages that are looked through. */
const firingMax = 1000;

/** Ids of the pages that fire now, by the objectives they are about. */
export function firingByObjective({ pageStore }: ServiceContext): ReadonlyMap<string, string[]> {
  return byObjective(pageStore.list({ status: 'firing', limit: firingMax }));
}

/** Ids of the pages that fired at an instant of the past, by the objectives they are about. */
export function firingByObjectiveAt(
  { pageStore }: ServiceContext,
  atMs: number,
): ReadonlyMap<string, string[]> {
  const at = new Date(atMs).toISOString();
  return byObjective(
    pageStore
      .list({ limit: pagesMax })
      .filter(({ page }) => page.startedAt <= at && (page.endedAt === null || page.endedAt > at)),
  );
}

function byObjective(records: ReturnType<PageStore['list']>): ReadonlyMap<string, string[]> {
  const firing = new Map<string, string[]>();
  for (const { page } of records) {
    for (const { id } of page.objectives) firing.set(id, [...(firing.get(id) ?? []), page.id]);
  }
  return firing;
}
