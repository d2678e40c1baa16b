import { groupOfKey } from '@sprout/objectives';
import type { ApproximationStore } from '../approximations/approximation-store.ts';
import type { Ledger, ObjectiveMinutes } from '../ledger/ledger.ts';
import { pastCap, withAggregates, withoutAggregates } from './aggregates.ts';
import { fold, mergeCounted } from './fold.ts';
import type { Counted } from './fold.ts';
import { forgetVanished } from './forget.ts';
import { decodeMeterState, emptyMeterState, encodeMeterState } from './meter-state.ts';
import type { MeterState } from './meter-state.ts';
import { objectiveMinutes } from './objective-minutes.ts';
import type { KnownGroups } from './objective-minutes.ts';
import type { MeterPlan } from './plan.ts';
import { serviceOf } from './reading.ts';
import type { ReadRange, Reading, SampleRun, SampleSource } from './reading.ts';
import { withoutReplicas } from './replicas.ts';
import type { MeterRules } from './rules.ts';
import type { Backfill, MeterSights, ServiceSight } from './sights.ts';
import { survey, surveyRange, surveyedFrom } from './survey.ts';
import type { Survey } from './survey.ts';

/** Turns samples into ledger minutes, one tick after another. */
export interface Meter {
  /** Reads what is new and commits it; rejects when the source or the ledger fails. */
  tick(nowMs: number): Promise<void>;
  /** What has been seen since the start. */
  sights(): MeterSights;
}

/**
 * A meter that goes on from the ledger's checkpoint, or looks back when there is none.
 *
 * Time has two frontiers. Samples before the final frontier are in the ledger for good, and the
 * checkpoint is the state there. Samples after it are provisional: every commit replaces them
 * all. Between the two lies the settled frontier, up to which ticks need not read again; it is
 * kept in memory only, because a restart rebuilds it by reading from the final frontier.
 *
 * A meter that is hours behind first looks at what it missed once an hour, then goes on with the
 * present, and reads the past sample by sample beside it, oldest first.
 *
 * Whether an objective is read sample by sample or, past a cap of series, as sums is decided where
 * the final frontier is: everything after it is read again, so that no stretch mixes both.
 */
export async function createMeter(options: {
  readonly plan: MeterPlan;
  readonly rules: MeterRules;
  readonly source: SampleSource;
  readonly ledger: Ledger;
  /** Where objectives that are read as sums are remembered; without it none is. */
  readonly approximations?: Pick<ApproximationStore, 'current' | 'mark'>;
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
    declared: options.plan,
    summedSeries: 0,
    final,
    settled: undefined,
    services: new Map(),
    groups: await knownGroups(options.plan, ledger),
    empty: without(new Set(options.plan.selections.keys()), matchedBefore(final)),
    quarantined: 0,
    backlog: undefined,
  };
  return {
    tick: (nowMs) => tick(meter, nowMs),
    sights: () => ({
      services: meter.services,
      emptySelectors: meter.empty,
      quarantined: meter.quarantined,
      backfill: backfillOf(meter),
    }),
  };
}

interface Metering {
  /** As the configuration says. */
  readonly declared: MeterPlan;
  /** The same with what is read as sums. */
  plan: MeterPlan;
  /** Series that the sums are made of. */
  summedSeries: number;
  readonly rules: MeterRules;
  readonly source: SampleSource;
  readonly ledger: Ledger;
  readonly approximations?: Pick<ApproximationStore, 'current' | 'mark'>;
  /** The state of the ledger's final minutes. */
  final: MeterState;
  /** State at the settled frontier and what was counted from the final one up to it. */
  settled: { readonly state: MeterState; readonly counted: Counted } | undefined;
  readonly services: Map<string, ServiceSight>;
  /** Selectors of the plan that never matched a series. */
  readonly empty: Set<string>;
  readonly groups: KnownGroups;
  quarantined: number;
  /** A long stretch before the present, surveyed and now read sample by sample. */
  backlog: { readonly fromMs: number; readonly survey: Survey } | undefined;
}

function backfillOf({ backlog, final }: Metering): Backfill | null {
  if (backlog === undefined) return null;
  const { fromMs, survey } = backlog;
  return { fromMs, atMs: final.frontierMs, untilMs: survey.untilMs };
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
  if (meter.backlog === undefined && isBatchDue(meter, nowMs)) await chooseReading(meter, nowMs);
  if (meter.backlog === undefined && nowMs - meter.final.frontierMs > rules.surveyFromMs) {
    await lookAhead(meter, nowMs);
  }
  if (meter.backlog !== undefined) return workOff(meter, meter.backlog.survey, nowMs);
  for (;;) {
    const finalMs = finalFrontier(nowMs, rules);
    if (!isBatchDue(meter, nowMs)) break;
    const sliceEndMs = meter.final.frontierMs + rules.sliceMs;
    if (sliceEndMs >= finalMs) return settleFrom(meter, finalMs, nowMs);
    await settleFrom(meter, sliceEndMs, sliceEndMs);
  }
  await extend(meter, nowMs);
}

/** Whether there are minutes that can become final, enough for one batch. */
function isBatchDue({ settled, final, rules }: Metering, nowMs: number): boolean {
  return (
    settled === undefined || finalFrontier(nowMs, rules) - final.frontierMs >= rules.finalBatchMs
  );
}

const finalFrontier = (nowMs: number, { outOfOrderMs, minuteMs }: MeterRules): number =>
  floorTo(nowMs - outOfOrderMs, minuteMs);

/**
 * Counts series, and reads objectives that have too many of them as sums from the final frontier
 * on. What was known of their series is forgotten: it would count again what the sums have.
 */
async function chooseReading(meter: Metering, nowMs: number): Promise<void> {
  const { declared, rules, source, approximations, final } = meter;
  if (approximations === undefined || source.countSeries === undefined) return;
  const counts = await source.countSeries(declared, nowMs);
  const countOf = (text: string) => ({ series: counts.get(text) ?? 0, bounded: true });
  const ids = pastCap(declared, countOf, rules, approximations.current());
  // Marked first: a minute may be exact and called approximate, never the other way round.
  await approximations.mark(ids, final.frontierMs / rules.minuteMs);
  const plan = withAggregates(declared, ids);
  const summed = [...plan.aggregates.values()].map(({ selector }) => counts.get(selector) ?? 0);
  meter.summedSeries = summed.reduce((sum, series) => sum + series, 0);
  if (plan.objectives.every((one) => meter.plan.byId.get(one.id)?.valid[0] === one.valid[0]))
    return;
  meter.plan = plan;
  meter.settled = undefined;
  meter.final = {
    ...final,
    selections: new Map([...final.selections].filter(([text]) => plan.selections.has(text))),
  };
}

/** Looks at all that was missed once an hour, so that budgets can be used before it is read. */
async function lookAhead(meter: Metering, nowMs: number): Promise<void> {
  const { rules, plan, final } = meter;
  const untilMs = floorTo(nowMs - rules.outOfOrderMs, 60 * rules.minuteMs);
  const reading = await read(meter, surveyRange(final, untilMs, rules));
  const surveyed = survey(final, reading, rules, withoutAggregates(plan), meter.groups);
  meter.backlog = { fromMs: final.frontierMs, survey: surveyed };
  meter.settled = { state: surveyed.state, counted: nothingCounted };
}

/** First the present, then a piece of the past, whose samples take the place of its survey. */
async function workOff(meter: Metering, surveyed: Survey, nowMs: number): Promise<void> {
  const { plan, rules, ledger } = meter;
  const present = await extend(meter, nowMs);
  const begin = meter.final;
  const toMs = Math.min(
    surveyed.untilMs,
    sliceEnd(begin.frontierMs, surveyed.series + meter.summedSeries, rules),
  );
  const reading = await read(meter, { fromMs: begin.frontierMs, toMs });
  const done = fold(begin, reading, toMs, rules, plan.groupings);
  const range = stretch(begin, done.state, done.state, rules);
  await ledger.commit({
    final: objectiveMinutes(plan, done, range, rules, meter.groups),
    provisional: joined(surveyedFrom(surveyed, toMs, rules), present),
    checkpoint: encodeMeterState(done.state),
  });
  meter.quarantined += done.quarantined;
  meter.final = done.state;
  if (toMs < surveyed.untilMs) return;
  meter.backlog = undefined;
  meter.settled = undefined;
}

/** As many whole hours as make a reading of a size that is worth its while. */
function sliceEnd(fromMs: number, series: number, rules: MeterRules): number {
  const hourMs = 60 * rules.minuteMs;
  const samplesPerHour = Math.max(1, series) * (hourMs / rules.scrapeIntervalMs);
  const hours = Math.min(24, Math.max(1, Math.floor(rules.sliceSamplesMax / samplesPerHour)));
  return floorTo(fromMs, hourMs) + hours * hourMs;
}

function joined(
  past: readonly ObjectiveMinutes[],
  present: readonly ObjectiveMinutes[],
): ObjectiveMinutes[] {
  const all = Map.groupBy([...past, ...present], ({ objective }) => objective);
  return Array.from(all, ([objective, parts]) => ({
    objective,
    minutes: parts.flatMap(({ minutes }) => minutes),
  }));
}

const nothingCounted: Counted = {
  events: new Map(),
  scrapes: new Map(),
  failedScrapes: new Map(),
  quarantined: 0,
};

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
  const reading = await read(meter, { fromMs: begin.frontierMs, toMs });
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

/** Reads only what is not settled yet; resolves to the provisional minutes. */
async function extend(meter: Metering, nowMs: number): Promise<readonly ObjectiveMinutes[]> {
  const { plan, rules, ledger, settled, backlog } = meter;
  if (settled === undefined) return [];
  const reading = await read(meter, { fromMs: settled.state.frontierMs, toMs: nowMs });
  const next = settleMore(meter, settled, reading, nowMs);
  const open = fold(next.state, reading, nowMs, rules, plan.groupings);
  const beginMs = backlog?.survey.untilMs ?? meter.final.frontierMs;
  const present = provisionalMinutes(
    meter,
    { frontierMs: beginMs },
    { state: next.state, ...next.counted },
    open,
  );
  const past =
    backlog === undefined ? [] : surveyedFrom(backlog.survey, meter.final.frontierMs, rules);
  await ledger.commit({ final: [], provisional: joined(past, present) });
  meter.settled = next;
  return present;
}

/** Moves the settled frontier, which goes by whole minutes: most ticks leave it where it is. */
function settleMore(
  { plan, rules }: Metering,
  settled: NonNullable<Metering['settled']>,
  reading: Reading,
  nowMs: number,
): NonNullable<Metering['settled']> {
  const toMs = settledFrontier(settled.state, nowMs, rules);
  if (toMs === settled.state.frontierMs) return settled;
  const more = fold(settled.state, reading, toMs, rules, plan.groupings);
  return { state: more.state, counted: mergeCounted(settled.counted, more) };
}

function provisionalMinutes(
  { plan, rules, groups }: Metering,
  final: Frontier,
  settled: Counted & { readonly state: MeterState },
  open: Counted & { readonly state: MeterState },
) {
  const counted = mergeCounted(settled, open);
  const range = stretch(final, settled.state, open.state, rules);
  return objectiveMinutes(plan, counted, range, rules, groups);
}

async function read(meter: Metering, range: ReadRange): Promise<Reading> {
  const answer = await meter.source.read(range, meter.plan);
  const reading = withoutReplicas(answer, meter.rules.replicaLabels);
  for (const [selector, runs] of reading.counters) {
    if (runs.length > 0) meter.empty.delete(selector);
  }
  for (const [name, { selector }] of meter.plan.aggregates) {
    if ((reading.increases?.get(name)?.length ?? 0) > 0) meter.empty.delete(selector);
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

function without(selectors: Set<string>, matched: readonly string[]): Set<string> {
  for (const selector of matched) selectors.delete(selector);
  return selectors;
}

type Frontier = Pick<MeterState, 'frontierMs'>;

function stretch(from: Frontier, closed: Frontier, to: Frontier, rules: MeterRules) {
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
