import type { CompiledSignal, CounterSelection } from '@sprout/signals';
import { withAggregates } from './aggregates.ts';
import { matchesAll } from './matching.ts';
import type { MeterPlan, PlannedObjective } from './plan.ts';
import { samplesPerIncrease } from './prometheus-increases.ts';
import { planReading } from './read-plan.ts';
import type { MeterRules } from './rules.ts';
import { seriesOf } from './series-count.ts';
import type { SeriesCount } from './series-count.ts';

/** What metering asks of its source in an hour. */
export interface MeteringCost {
  readonly queriesPerHour: number;
  readonly samplesPerHour: number;
  /** Objectives that share series each count them. */
  readonly objectives: readonly ObjectiveCost[];
}

export interface ObjectiveCost {
  readonly objective: string;
  readonly series: number;
  readonly samplesPerHour: number;
  /** Read as sums instead: samples that the source looks at, and sums that it sends. */
  readonly asSums: { readonly samplesPerHour: number; readonly sumsPerHour: number };
  /** Whether it is read as sums. */
  readonly approximate: boolean;
  /** False when labels can take values that nobody has declared: there may be more series. */
  readonly bounded: boolean;
}

/** The cost of a plan, from how many series each of its selections has, and what is read as sums. */
export function meteringCost(
  plan: MeterPlan,
  rules: MeterRules,
  countOf: (selector: string) => SeriesCount,
  asSums: ReadonlySet<string> = new Set(),
): MeteringCost {
  const samplesEach = samplesPerSeriesHour(rules);
  const { selections, aggregates } = withAggregates(plan, asSums);
  const { queries, derived } = planReading(selections);
  const isDerived = new Set(derived.map(({ selector }) => selector));
  const read = [...selections.keys()].filter((selector) => !isDerived.has(selector));
  const services = new Set(plan.objectives.flatMap((one) => one.services));
  const targets = [...services].reduce((sum, name) => sum + (plan.targets.get(name) ?? 1), 0);
  const series = read.reduce((sum, selector) => sum + countOf(selector).series, 2 * targets);
  const summed = summedPerHour(rules);
  return {
    queriesPerHour: Math.round(
      (queries.length + 2) * ticksPerHour(rules) + aggregates.size * summed.queries,
    ),
    samplesPerHour: Math.round(series * samplesEach + aggregates.size * summed.minutes),
    objectives: plan.objectives.map((objective) => {
      const { series: own, bounded } = seriesOf(plan, objective, countOf);
      return {
        objective: objective.id,
        series: own,
        samplesPerHour: Math.round(own * samplesEach),
        asSums: sumsOf(objective, own, rules),
        approximate: asSums.has(objective.id),
        bounded,
      };
    }),
  };
}

/** A sum for each selection; groups, whose values nobody knows beforehand, have one each besides. */
function sumsOf(
  { valid, part, former }: PlannedObjective,
  series: number,
  rules: MeterRules,
): ObjectiveCost['asSums'] {
  const { minutes } = summedPerHour(rules);
  const selectors = new Set([...valid, ...part, ...former.flatMap((one) => one.part)]);
  return {
    samplesPerHour: Math.round(minutes * series * samplesPerIncrease(rules)),
    sumsPerHour: Math.round(minutes * selectors.size),
  };
}

/** How many series a selection can have by its declaration, before anything was asked. */
export function declaredSeries(
  plan: MeterPlan,
  signals: readonly CompiledSignal[],
): (selector: string) => SeriesCount {
  return (text) => {
    const selection = plan.selections.get(text);
    if (selection === undefined) return { series: 0, bounded: true };
    const signal = signals.find(
      (one) => one.kind === 'metric' && namesOf(one.name).includes(selection.metric),
    );
    const labels = signal?.kind === 'metric' ? signal.labels : {};
    const targets = plan.targets.get(selection.service) ?? 1;
    let [series, bounded] = [targets, signal !== undefined];
    for (const [label, values] of Object.entries(labels)) {
      const wanted = selection.matchers.filter((one) => one.label === label);
      if (values === 'any') bounded &&= wanted.some(({ op }) => op === '=');
      else series *= valuesWanted(values, label, wanted);
    }
    return { series, bounded };
  };
}

function valuesWanted(
  values: readonly string[],
  label: string,
  wanted: readonly CounterSelection['matchers'][number][],
): number {
  const isWanted = matchesAll(wanted);
  return values.filter((value) => isWanted({ [label]: value })).length;
}

/** A histogram's counters are named after it. */
const namesOf = (name: string): string[] => [name, `${name}_count`, `${name}_bucket`];

const hourMs = 3_600_000;

/** Minutes of which an hour of metering asks sums, unsettled ones and then final ones, and how often. */
export function summedPerHour(rules: MeterRules): { minutes: number; queries: number } {
  const { minuteMs, scrapeIntervalMs, watermarkMs, outOfOrderMs, finalBatchMs } = rules;
  const batches = hourMs / finalBatchMs;
  const ticks = Math.max(1, Math.round(minuteMs / scrapeIntervalMs));
  const open = Array.from({ length: ticks }, (_, tick) => {
    const nowMs = (tick + 0.5) * scrapeIntervalMs;
    // From the frontier that the tick before has settled.
    const settledMs = nowMs - scrapeIntervalMs - watermarkMs;
    return Math.floor(nowMs / minuteMs) - Math.floor(settledMs / minuteMs);
  });
  const perTick = (ticksPerHour(rules) - batches) / ticks;
  const minutes = open.reduce((sum, one) => sum + one, 0) * perTick;
  return {
    minutes: minutes + (batches * (outOfOrderMs + finalBatchMs)) / minuteMs,
    queries: open.filter((one) => one > 0).length * perTick + batches,
  };
}

/** The meter ticks once for each scrape. */
const ticksPerHour = ({ scrapeIntervalMs }: MeterRules): number => hourMs / scrapeIntervalMs;

/**
 * Samples that an hour of metering reads of one series: each tick what is not settled yet, and
 * with each final batch everything that could still have arrived.
 */
export function samplesPerSeriesHour(rules: MeterRules): number {
  const { scrapeIntervalMs, watermarkMs, minuteMs, outOfOrderMs, finalBatchMs } = rules;
  const batches = hourMs / finalBatchMs;
  // From the frontier that the tick before has settled.
  const openMs = watermarkMs + (minuteMs + scrapeIntervalMs) / 2;
  const finalMs = outOfOrderMs + finalBatchMs;
  return ((ticksPerHour(rules) - batches) * openMs + batches * finalMs) / scrapeIntervalMs;
}
