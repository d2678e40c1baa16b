import { defaultGroupsMax, goodWithin } from '@sprout/objectives';
import { selector } from '@sprout/query';
import type { CounterSelection } from '@sprout/signals';
import type { Aggregate } from './aggregates.ts';

/** What must be read, each set of series once, and how objectives are summed from it. */
export interface MeterPlan {
  /** Selector text → selection; objectives that count the same series share one entry. */
  readonly selections: ReadonlyMap<string, CounterSelection>;
  readonly objectives: readonly PlannedObjective[];
  /** The same by id. */
  readonly byId: ReadonlyMap<string, PlannedObjective>;
  /** Service → number of targets that are expected to be scraped. */
  readonly targets: ReadonlyMap<string, number>;
  /** Service → label `job` of its targets, which every Prometheus sets. */
  readonly jobs: ReadonlyMap<string, string>;
  /** Selector text → the lists of labels that its events are kept apart by. */
  readonly groupings: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** What is read as sums of many series, by the name of its tally. */
  readonly aggregates: ReadonlyMap<string, Aggregate>;
}

/** An objective as sums of selections, by selector text. */
export interface PlannedObjective {
  readonly id: string;
  readonly valid: readonly string[];
  /** What is subtracted from `valid` to get the other side. */
  readonly counted: 'good' | 'bad';
  readonly part: readonly string[];
  /** What was subtracted instead until an instant, oldest first; a latency threshold that changed. */
  readonly former: readonly FormerPart[];
  /** Services whose scrapes make the objective's coverage. */
  readonly services: readonly string[];
  /** Services whose scrapes are its events. */
  readonly up: readonly string[];
  /** Labels whose values have a ledger of their own, at most `groupsMax`. */
  readonly groupBy: readonly string[];
  readonly groupsMax: number;
}

/** The part that counted until an instant. */
export interface FormerPart {
  /** Unix milliseconds, exclusive. */
  readonly untilMs: number;
  readonly part: readonly string[];
}

/** A latency threshold and since when it was in force; oldest first. */
export interface DatedThreshold {
  readonly fromMs: number;
  readonly thresholdSeconds: number | null;
}

interface PlanInput {
  readonly objectives: readonly {
    readonly id: string;
    readonly groupBy?: readonly string[];
    readonly groupsMax?: number;
    readonly sli: {
      readonly valid: readonly CounterSelection[];
      readonly good?: readonly CounterSelection[] | undefined;
      readonly bad?: readonly CounterSelection[] | undefined;
      readonly up?: readonly string[] | undefined;
      readonly composite?: { readonly of: readonly string[] } | undefined;
    };
  }[];
  readonly services: readonly { readonly name: string; readonly job?: string }[];
}

/**
 * Derives what the meter reads from the configuration. Composites are not metered. Thresholds that
 * `thresholdsOf` names are counted in their time, so their buckets are read as well.
 */
export function planMeter<I extends PlanInput>(
  { objectives, services }: I,
  thresholdsOf: (objective: I['objectives'][number]) => readonly DatedThreshold[] = () => [],
): MeterPlan {
  const selections = new Map<string, CounterSelection>();
  const groupings = new Map<string, readonly (readonly string[])[]>();
  const keyed = (list: readonly CounterSelection[], groupBy: readonly string[]) =>
    list.map((selection) => {
      const key = selector(selection).text;
      selections.set(key, selection);
      if (groupBy.length > 0) groupings.set(key, withGrouping(groupings.get(key), groupBy));
      return key;
    });
  const targets = countTargets(services);
  const planned: readonly PlannedObjective[] = objectives
    .filter(({ sli }) => sli.composite === undefined)
    .map((objective) => {
      const { id, sli, groupBy = [], groupsMax = defaultGroupsMax } = objective;
      return {
        id,
        valid: keyed(sli.valid, groupBy),
        counted: sli.bad === undefined && sli.up === undefined ? 'good' : 'bad',
        part: keyed(sli.bad ?? sli.good ?? [], groupBy),
        former: formerThresholds(thresholdsOf(objective)).map(({ untilMs, seconds }) => ({
          untilMs,
          part: keyed(goodWithin(sli.good ?? [], seconds), groupBy),
        })),
        services: servicesOf(sli, targets),
        up: sli.up ?? [],
        groupBy,
        groupsMax,
      };
    });
  return {
    selections,
    targets,
    jobs: new Map(services.map(({ name, job }) => [name, job ?? name])),
    groupings,
    aggregates: new Map(),
    objectives: planned,
    byId: new Map(planned.map((one) => [one.id, one])),
  };
}

/** Thresholds that are no longer in force, each until another one was. */
function formerThresholds(history: readonly DatedThreshold[]) {
  const changes = history.filter(
    ({ thresholdSeconds }, index) => thresholdSeconds !== history[index - 1]?.thresholdSeconds,
  );
  return changes.flatMap(({ thresholdSeconds: seconds }, index) => {
    const next = changes[index + 1];
    return next === undefined || seconds === null ? [] : [{ untilMs: next.fromMs, seconds }];
  });
}

function withGrouping(
  known: readonly (readonly string[])[] = [],
  groupBy: readonly string[],
): readonly (readonly string[])[] {
  const isKnown = known.some((labels) => labels.join() === groupBy.join());
  return isKnown ? known : [...known, groupBy];
}

function countTargets(services: PlanInput['services']): Map<string, number> {
  const targets = new Map<string, number>();
  for (const { name } of services) targets.set(name, (targets.get(name) ?? 0) + 1);
  return targets;
}

/** A selection of `'any'` service can come from all of them. */
function servicesOf(
  { valid, good, bad, up }: PlanInput['objectives'][number]['sli'],
  targets: ReadonlyMap<string, number>,
): string[] {
  const named = [...valid, ...(good ?? []), ...(bad ?? [])].map(({ service }) => service);
  const known = [...new Set([...named, ...(up ?? [])])].filter((service) => targets.has(service));
  return known.length > 0 ? known : [...targets.keys()];
}
