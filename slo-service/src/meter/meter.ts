import { groupOfKey } from '@sprout/objectives';
import type { Ledger } from '../ledger/ledger.ts';
import type { ServiceSight } from '../status/knowledge.ts';
import { fold, mergeCounted } from './fold.ts';
import type { Counted } from './fold.ts';
import { forgetVanished } from './forget.ts';
import { decodeMeterState, emptyMeterState, encodeMeterState } from './meter-state.ts';
import type { MeterState } from './meter-state.ts';
import { objectiveMinutes } from './objective-minutes.ts';
import type { KnownGroups } from './objective-minutes.ts';
import type { MeterPlan } from './plan.ts';
import { serviceOf } from './reading.ts';
import type { Reading, SampleRun, SampleSource } from './reading.ts';
import { withoutReplicas } from './replicas.ts';
import type { MeterRules } from './rules.ts';

/** Turns samples into ledger minutes, one tick after another. */
export interface Meter {
  /** Reads what is new and commits it; rejects when the source or the ledger fails. */
  tick(nowMs: number): Promise<void>;
  /** What has been seen since the start. */
  sights(): MeterSights;
}

/** What a meter has seen since its start. */
export interface MeterSights {
  readonly services: ReadonlyMap<string, ServiceSight>;
  /** Selectors of the plan that never matched a series. */
  readonly emptySelectors: readonly string[];
  /** Samples set aside because a counter went back without a restart. */
  readonly quarantined: number;
}

/**
 * A meter that goes on from the ledger's checkpoint, or looks back when there is none.
 *
 * Time has two frontiers. Samples before the final frontier are in the ledger for good, and the
 * checkpoint is the state there. Samples after it are provisional: every commit replaces them
 * all. Between the two lies the settled frontier, up to which ticks need not read again; it is
 * kept in memory only, because a restart rebuilds it by reading from the final frontier.
 */
export async function createMeter(options: {
  readonly plan: MeterPlan;
  readonly rules: MeterRules;
  readonly source: SampleSource;
  readonly ledger: Ledger;
  readonly nowMs: number;
}): Promise<Meter> {
  const { rules, ledger } = options;
  const stored = await ledger.checkpoint();
  const final =
    stored === undefined
      ? emptyMeterState(floorTo(options.nowMs - rules.lookBackMs, rules.minuteMs))
      : decodeMeterState(stored);
  const meter: Metering = {
    ...options,
    final,
    settled: undefined,
    services: new Map(),
    groups: await knownGroups(options.plan, ledger),
    matched: new Set(matchedBefore(final)),
    quarantined: 0,
  };
  return {
    tick: (nowMs) => tick(meter, nowMs),
    sights: () => ({
      services: meter.services,
      emptySelectors: [...options.plan.selections.keys()].filter(
        (selector) => !meter.matched.has(selector),
      ),
      quarantined: meter.quarantined,
    }),
  };
}

interface Metering {
  readonly plan: MeterPlan;
  readonly rules: MeterRules;
  readonly source: SampleSource;
  readonly ledger: Ledger;
  /** The state of the ledger's final minutes. */
  final: MeterState;
  /** State at the settled frontier and what was counted from the final one up to it. */
  settled: { readonly state: MeterState; readonly counted: Counted } | undefined;
  readonly services: Map<string, ServiceSight>;
  readonly matched: Set<string>;
  readonly groups: KnownGroups;
  quarantined: number;
}

/** Groups that the ledger has keep their place when the service starts again. */
async function knownGroups({ objectives }: MeterPlan, ledger: Ledger): Promise<KnownGroups> {
  const grouped = objectives.filter(({ groupBy }) => groupBy.length > 0);
  const known = grouped.map(
    async ({ id }) => [id, new Set((await ledger.groupsOf(id)).map(groupOfKey))] as const,
  );
  return new Map(await Promise.all(known));
}

async function tick(meter: Metering, nowMs: number): Promise<void> {
  const { rules } = meter;
  refuseThePast(meter, nowMs);
  for (;;) {
    const finalMs = floorTo(nowMs - rules.outOfOrderMs, rules.minuteMs);
    const behindMs = finalMs - meter.final.frontierMs;
    if (meter.settled !== undefined && behindMs < rules.finalBatchMs) break;
    const sliceEndMs = meter.final.frontierMs + rules.sliceMs;
    if (sliceEndMs >= finalMs) return settleFrom(meter, finalMs, nowMs);
    await settleFrom(meter, sliceEndMs, sliceEndMs);
  }
  await extend(meter, nowMs);
}

/** What was read up to a clock that ran ahead is not read again by one that was set back. */
function refuseThePast({ final, settled }: Metering, nowMs: number): void {
  const frontierMs = (settled?.state ?? final).frontierMs;
  if (nowMs > frontierMs) return;
  const [now, until] = [nowMs, frontierMs].map((ms) => new Date(ms).toISOString());
  throw new Error(`the clock was set back to ${now}; metering goes on after ${until}`);
}

/** Reads again from the final frontier, moves it to `finalMs` and settles the rest. */
async function settleFrom(meter: Metering, finalMs: number, nowMs: number): Promise<void> {
  const { plan, rules, ledger } = meter;
  const begin = meter.final;
  const toMs = Math.max(finalMs, nowMs);
  const reading = await read(meter, begin.frontierMs, toMs);
  const done = fold(begin, reading, Math.max(finalMs, begin.frontierMs), rules, plan.groupings);
  const settled = fold(
    done.state,
    reading,
    settledFrontier(done.state, toMs, rules),
    rules,
    plan.groupings,
  );
  const open = fold(settled.state, reading, toMs, rules, plan.groupings);
  await ledger.commit({
    final: objectiveMinutes(
      plan,
      done,
      stretch(begin, done.state, done.state, rules),
      rules,
      meter.groups,
    ),
    provisional: provisionalMinutes(meter, done.state, settled, open),
    checkpoint: encodeMeterState(done.state),
  });
  meter.quarantined += done.quarantined;
  meter.final = done.state;
  forgetVanished(done.state, rules);
  meter.settled = { state: settled.state, counted: settled };
}

/** Reads only what is not settled yet. */
async function extend(meter: Metering, nowMs: number): Promise<void> {
  const { plan, rules, ledger, settled } = meter;
  if (settled === undefined) return;
  const reading = await read(meter, settled.state.frontierMs, nowMs);
  const more = fold(
    settled.state,
    reading,
    settledFrontier(settled.state, nowMs, rules),
    rules,
    plan.groupings,
  );
  const counted = mergeCounted(settled.counted, more);
  const open = fold(more.state, reading, nowMs, rules, plan.groupings);
  const next = { state: more.state, ...counted };
  await ledger.commit({
    final: [],
    provisional: provisionalMinutes(meter, meter.final, next, open),
  });
  meter.settled = { state: more.state, counted };
}

function provisionalMinutes(
  { plan, rules, groups }: Metering,
  final: MeterState,
  settled: Counted & { readonly state: MeterState },
  open: Counted & { readonly state: MeterState },
) {
  const counted = mergeCounted(settled, open);
  const range = stretch(final, settled.state, open.state, rules);
  return objectiveMinutes(plan, counted, range, rules, groups);
}

async function read(meter: Metering, fromMs: number, toMs: number): Promise<Reading> {
  const answer = await meter.source.read({ fromMs, toMs });
  const reading = withoutReplicas(answer, meter.rules.replicaLabels);
  for (const [selector, runs] of reading.counters) {
    if (runs.length > 0) meter.matched.add(selector);
  }
  for (const run of reading.ups) noteScrapes(meter, run);
  return reading;
}

function noteScrapes({ services }: Metering, { labels, times, values }: SampleRun): void {
  const service = serviceOf(labels);
  const before = services.get(service);
  const scrapedMs = Math.max(before?.scrapedMs ?? -Infinity, times.at(-1) ?? -Infinity);
  const up = times[values.lastIndexOf(1)];
  const upMs = up === undefined ? (before?.upMs ?? null) : Math.max(up, before?.upMs ?? up);
  if (Number.isFinite(scrapedMs)) services.set(service, { scrapedMs, upMs });
}

function matchedBefore({ selections }: MeterState): string[] {
  return [...selections].filter(([, { series }]) => series.size > 0).map(([selector]) => selector);
}

function stretch(from: MeterState, closed: MeterState, to: MeterState, rules: MeterRules) {
  return {
    fromMinute: Math.floor(from.frontierMs / rules.minuteMs),
    closedMinute: Math.floor(closed.frontierMs / rules.minuteMs),
    toMinute: Math.ceil(to.frontierMs / rules.minuteMs),
  };
}

function settledFrontier({ frontierMs }: MeterState, nowMs: number, rules: MeterRules): number {
  return Math.max(frontierMs, floorTo(nowMs - rules.watermarkMs, rules.minuteMs));
}

const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;
