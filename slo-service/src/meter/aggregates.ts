import type { CounterSelection } from '@sprout/signals';
import type { MeterPlan, PlannedObjective } from './plan.ts';
import type { MeterRules } from './rules.ts';
import { seriesOf } from './series-count.ts';
import type { SeriesCount } from './series-count.ts';

/** A selection that is read as sums of `increase()`, a minute each, not sample by sample. */
export interface Aggregate {
  readonly selector: string;
  readonly selection: CounterSelection;
  /** Labels that its sums are kept apart by: those of groups. */
  readonly labels: readonly string[];
}

/** The name under which the events of an aggregated selection are tallied. */
export const aggregateKey = (selector: string): string => `sum(increase(${selector}))`;

/** Read sample by sample again from this fraction of the cap on, so that nothing goes to and fro. */
const backBelow = 0.5;

/**
 * Objectives with more series than are read one by one. One that `before` names stays until it has
 * far fewer, and while it has none: nothing scraped says nothing.
 */
export function pastCap(
  plan: MeterPlan,
  countOf: (selector: string) => SeriesCount,
  { seriesPerObjectiveMax }: Pick<MeterRules, 'seriesPerObjectiveMax'>,
  before: ReadonlySet<string> = new Set(),
): Set<string> {
  const isPast = (objective: PlannedObjective) => {
    const { series } = seriesOf(plan, objective, countOf);
    if (!before.has(objective.id)) return series > seriesPerObjectiveMax;
    return series === 0 || series > backBelow * seriesPerObjectiveMax;
  };
  return new Set(plan.objectives.filter(isPast).map(({ id }) => id));
}

/** A plan by which some objectives are read as aggregates, the others as before. */
export function withAggregates(plan: MeterPlan, ids: ReadonlySet<string>): MeterPlan {
  if (ids.size === 0) return plan;
  const [past, others] = [true, false].map((is) =>
    plan.objectives.filter(({ id }) => ids.has(id) === is),
  );
  const stillRead = new Set((others ?? []).flatMap(selectorsOf));
  const aggregates = new Map<string, Aggregate>();
  const groupings = new Map(plan.groupings);
  for (const objective of past ?? []) {
    for (const selector of selectorsOf(objective)) {
      const selection = plan.selections.get(selector);
      if (selection === undefined) continue;
      const key = aggregateKey(selector);
      const known = aggregates.get(key)?.labels ?? [];
      const labels = [...new Set([...known, ...objective.groupBy])];
      aggregates.set(key, { selector, selection, labels });
      const kept = plan.groupings
        .get(selector)
        ?.filter((by) => by.every((one) => labels.includes(one)));
      if (kept !== undefined) groupings.set(key, kept);
    }
  }
  const objectives = plan.objectives.map((one) => (ids.has(one.id) ? ofAggregates(one) : one));
  return {
    ...plan,
    objectives,
    byId: new Map(objectives.map((one) => [one.id, one])),
    selections: new Map([...plan.selections].filter(([selector]) => stillRead.has(selector))),
    aggregates,
    groupings,
  };
}

/** The part of a plan whose series are read one by one. */
export function withoutAggregates(plan: MeterPlan): MeterPlan {
  if (plan.aggregates.size === 0) return plan;
  const isRaw = (one: PlannedObjective) =>
    !selectorsOf(one).some((key) => plan.aggregates.has(key));
  return { ...plan, objectives: plan.objectives.filter(isRaw), aggregates: new Map() };
}

const selectorsOf = ({ valid, part, former }: PlannedObjective): string[] => [
  ...valid,
  ...part,
  ...former.flatMap((one) => one.part),
];

function ofAggregates(objective: PlannedObjective): PlannedObjective {
  return {
    ...objective,
    valid: objective.valid.map(aggregateKey),
    part: objective.part.map(aggregateKey),
    former: objective.former.map((one) => ({ ...one, part: one.part.map(aggregateKey) })),
  };
}
