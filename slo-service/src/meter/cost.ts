import type { CompiledSignal, CounterSelection } from '@sprout/signals';
import { matchesAll } from './matching.ts';
import type { MeterPlan } from './plan.ts';
import { planReading } from './read-plan.ts';
import type { MeterRules } from './rules.ts';

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
  /** False when labels can take values that nobody has declared: there may be more series. */
  readonly bounded: boolean;
}

/** How many series a selection has; `bounded` is false where that is a lower limit. */
export interface SeriesCount {
  readonly series: number;
  readonly bounded: boolean;
}

/** The cost of a plan, from how many series each of its selections has. */
export function meteringCost(
  plan: MeterPlan,
  rules: MeterRules,
  countOf: (selector: string) => SeriesCount,
): MeteringCost {
  const samplesEach = samplesPerSeriesHour(rules);
  const { queries, derived } = planReading(plan.selections);
  const isDerived = new Set(derived.map(({ selector }) => selector));
  const read = [...plan.selections.keys()].filter((selector) => !isDerived.has(selector));
  const services = new Set(plan.objectives.flatMap((one) => one.services));
  const targets = [...services].reduce((sum, name) => sum + (plan.targets.get(name) ?? 1), 0);
  const series = read.reduce((sum, selector) => sum + countOf(selector).series, 2 * targets);
  return {
    queriesPerHour: Math.round((queries.length + 2) * ticksPerHour(rules)),
    samplesPerHour: Math.round(series * samplesEach),
    objectives: plan.objectives.map(({ id, valid, part, former }) => {
      const parts = [...part, ...former.flatMap((one) => one.part)];
      const selectors = [...new Set([...valid, ...parts])];
      const counts = selectors
        .filter((selector) => !selectors.some((other) => isPartOf(plan, selector, other)))
        .map(countOf);
      const own = counts.reduce((sum, one) => sum + one.series, 0);
      return {
        objective: id,
        series: own,
        samplesPerHour: Math.round(own * samplesEach),
        bounded: counts.every(({ bounded }) => bounded),
      };
    }),
  };
}

/** True when one selection has all matchers of another one and more. */
function isPartOf({ selections }: MeterPlan, selector: string, other: string): boolean {
  const [one, wider] = [selections.get(selector), selections.get(other)];
  if (one === undefined || wider === undefined || one.metric !== wider.metric) return false;
  const has = new Set(one.matchers.map((matcher) => JSON.stringify(matcher)));
  const isWithin = wider.matchers.every((matcher) => has.has(JSON.stringify(matcher)));
  return isWithin && wider.matchers.length < one.matchers.length;
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
