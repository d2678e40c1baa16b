import { addressOf, sourceHeaders, timing } from '@sprout/process';
import type { Lifecycle, Logger, SproutConfig } from '@sprout/process';
import { alertmanagerClient, prometheusClient, retryingClient } from '@sprout/query';
import type { PrometheusClient } from '@sprout/query';
import { createAccess } from './access/access.ts';
import { openAuditLog } from './audit/audit-log.ts';
import { openAnnotationStore } from './annotations/annotation-store.ts';
import { openApproximationStore } from './approximations/approximation-store.ts';
import { createFollowing } from './exclusions/following.ts';
import { mutedPlaces } from './exclusions/muted-places.ts';
import { openExclusionStore } from './exclusions/exclusion-store.ts';
import { measuredOnly } from './history/measured-only.ts';
import { openSimulationStore } from './history/simulation-store.ts';
import { createMeter } from './meter/meter.ts';
import type { Meter } from './meter/meter.ts';
import { createMeteringLoop } from './meter/metering-loop.ts';
import { planMeter } from './meter/plan.ts';
import { isSeen } from './incidents/recovery.ts';
import { prometheusSource } from './meter/prometheus-source.ts';
import { meterRules } from './meter/rules.ts';
import { openPolicies } from './policies/policies.ts';
import { createForgotten } from './pages/forgotten.ts';
import { openPageStore } from './pages/page-store.ts';
import { createPager } from './pages/pager.ts';
import { openWatchdogStore } from './pages/watchdog-store.ts';
import { electedMeter } from './replicas/elected-meter.ts';
import type { ServiceContext } from './service-context.ts';
import type { MeterHealth } from './status/knowledge.ts';
import { openStorage } from './storage/storage.ts';
import type { Storage } from './storage/storage.ts';
import { minuteClock } from './status/minute-clock.ts';
import type { ObjectiveConfig } from './status/objective-config.ts';
import { readerOf } from './status/reader.ts';
import type { ReaderParts } from './status/reader.ts';
import { leftFractionOf, promisedWindow, readBudget } from './status/window.ts';
import { thresholdsSince } from './versions/promise-history.ts';
import { openVersionStore } from './versions/version-store.ts';
import { ledgerView } from './view/ledger-view.ts';

/** A service with its ledger open; nothing is read before `startMetering`. */
export interface SloService {
  readonly context: ServiceContext;
  /** Reads now, and from then on at every scrape interval. */
  startMetering(): void;
}

/** Prometheus answers in milliseconds; a week of history on a busy machine takes it seconds. */
const queryTimeoutMs = 30_000;

/** Between two looks at the groups of Alertmanager; Prometheus tells it each alert every minute. */
const forgottenAfterSeconds = 300;
/** Compressed time makes neither of them start faster. */
const forgottenAfterMsMin = 30_000;

/** Opens ledger and pages and prepares metering; the lifecycle's end closes them in order. */
export async function createService(options: {
  readonly config: SproutConfig;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  ownUrl(): string;
  /** Unix milliseconds; the clock on the wall unless given. */
  readonly now?: () => number;
}): Promise<SloService> {
  const { config, logger, lifecycle, now = Date.now } = options;
  const times = timing(config.timeScale);
  const clock = minuteClock(times);
  const storage = await openStorage(config, logger, lifecycle);
  const stores = await openStores(storage, config, clock.minuteMs, now);
  const { ledger, pageStore, exclusionStore, annotationStore, versionStore } = stores;
  const { historyOf } = versionStore;
  const rules = meterRules(times, config.telemetry.prometheus);
  const plan = planMeter(config, (objective) =>
    thresholdsSince(
      now() - Math.max(rules.forgetMs, rules.lookBackMs),
      historyOf(objective),
      clock,
    ),
  );
  const view = ledgerView({
    ledger,
    objectives: config.objectives,
    historyOf,
    presentMinute: () => clock.endAt(now()),
  });
  // Pages and policies act on what happened: simulated events must change neither.
  const parts = {
    ledger: measuredOnly(view, stores.simulationStore.read),
    exclusions: exclusionStore.inForce,
    clock,
    historyOf,
  };
  const prometheus = prometheusOf(config);
  const pager = createPager({
    store: pageStore,
    watchdog: stores.watchdogStore,
    objectives: config.objectives,
    prometheus,
    budgetLeft: budgetLeftIn(parts),
    isSeen: seenIn(parts),
    onError: (message, error) => logger.warn(message, { 'exception.message': String(error) }),
  });
  const { limits } = config.telemetry.prometheus;
  const source = prometheusSource(prometheus, plan, rules, limits);
  const { meter, writes, healthOf } = await meterOn(storage, now, (nowMs) =>
    createMeter({
      plan,
      rules,
      source,
      ledger,
      approximations: stores.approximationStore,
      nowMs,
    }),
  );
  const intervalMs = times.scrapeIntervalMs;
  const alertmanager = () => addressOf(config, config.telemetry.alertmanager);
  const forgotten = createForgotten({
    store: pageStore,
    pager,
    everyMs: Math.max(forgottenAfterMsMin, times.scaled(forgottenAfterSeconds) * 1000),
    groups: alertmanagerClient({ address: alertmanager }).groups,
    onEnd: ({ id, title }) =>
      logger.info('Alertmanager no longer knows a page: it ended', { 'page.id': id, title }),
    onError: (message, error) => logger.warn(message, { 'exception.message': String(error) }),
  });
  const muting = mutedPlaces(config, exclusionStore.inForce, logger);
  const follow = createFollowing({ ...stores, config, view, clock, historyOf }, logger);
  const policies = await openPolicies(storage.records, config, {
    leftOf: async (objective, nowMs) => (await budgetLeftIn(parts)(objective, nowMs)).leftFraction,
    onError: (message, error) => logger.warn(message, { 'exception.message': String(error) }),
  });
  // One replica acts for all.
  const after = async (nowMs: number) => {
    if (!writes()) return;
    await pager.enrich(nowMs);
    await forgotten(nowMs);
    await follow(nowMs);
    await muting.sync(nowMs);
    await policies.run(nowMs);
  };
  const loop = createMeteringLoop({ meter, intervalMs, logger, now, after });
  lifecycle.onStop('metering', loop.stop);
  const revised = [loop, pageStore, exclusionStore, annotationStore];
  const revision = () => revised.reduce((sum, one) => sum + one.revision(), 0);
  return {
    context: {
      config,
      logger,
      access: createAccess(config),
      clock,
      plan,
      ...stores,
      view,
      historyOf,
      pager,
      prometheus,
      muting,
      policies,
      now,
      revision,
      meterRules: rules,
      sourceUsage: source.usage,
      meterHealth: () => healthOf(loop.health()),
      writes,
      ownUrl: options.ownUrl,
    },
    startMetering: loop.start,
  };
}

async function openStores(
  { ledger, records }: Storage,
  { objectives }: SproutConfig,
  minuteMs: number,
  now: () => number,
) {
  return {
    ledger,
    pageStore: await openPageStore(records),
    watchdogStore: await openWatchdogStore(records),
    audit: await openAuditLog(records, now),
    exclusionStore: await openExclusionStore(records),
    annotationStore: await openAnnotationStore(records),
    versionStore: await openVersionStore(records, objectives, now(), minuteMs),
    simulationStore: await openSimulationStore(records),
    approximationStore: await openApproximationStore(records),
  };
}

/** The only replica always meters; among several, the elected one does. */
async function meterOn(
  { shared, records }: Storage,
  now: () => number,
  create: (nowMs: number) => Promise<Meter>,
) {
  if (shared === undefined) {
    return { meter: await create(now()), writes: () => true, healthOf: ownHealth };
  }
  const meter = await electedMeter({ ...shared, records, createMeter: create });
  return { meter, writes: meter.writes, healthOf: meter.health };
}

const ownHealth = (own: MeterHealth): MeterHealth => own;

function prometheusOf(config: SproutConfig): PrometheusClient {
  const { prometheus } = config.telemetry;
  return retryingClient(
    prometheusClient({
      address: () => addressOf(config, prometheus),
      headers: () => sourceHeaders(prometheus),
      timeoutMs: queryTimeoutMs,
    }),
  );
}

function budgetLeftIn(parts: ReaderParts) {
  const { clock } = parts;
  return async (objective: ObjectiveConfig, nowMs: number) => {
    const reader = readerOf(parts, objective);
    const stretch = promisedWindow(reader.history, clock.endAt(nowMs));
    const budget = await readBudget(reader, stretch, clock);
    return { leftFraction: leftFractionOf(budget), asOf: clock.instant(stretch.toMinute - 1) };
  };
}

function seenIn(parts: ReaderParts) {
  return (objective: ObjectiveConfig, atMs: number) =>
    isSeen(readerOf(parts, objective), parts.clock.endAt(atMs));
}
