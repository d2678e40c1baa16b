import { selector } from '@sprout/query';
import type { CounterSelection } from '@sprout/signals';

/** What must be read, each set of series once, and how objectives are summed from it. */
export interface MeterPlan {
  /** Selector text → selection; objectives that count the same series share one entry. */
  readonly selections: ReadonlyMap<string, CounterSelection>;
  readonly objectives: readonly PlannedObjective[];
  /** Service → number of targets that are expected to be scraped. */
  readonly targets: ReadonlyMap<string, number>;
  /** Service → label `job` of its targets, which every Prometheus sets. */
  readonly jobs: ReadonlyMap<string, string>;
}

/** An objective as sums of selections, by selector text. */
export interface PlannedObjective {
  readonly id: string;
  readonly valid: readonly string[];
  /** What is subtracted from `valid` to get the other side. */
  readonly counted: 'good' | 'bad';
  readonly part: readonly string[];
  /** Services whose scrapes make the objective's coverage. */
  readonly services: readonly string[];
}

interface PlanInput {
  readonly objectives: readonly {
    readonly id: string;
    readonly sli: {
      readonly valid: readonly CounterSelection[];
      readonly good?: readonly CounterSelection[] | undefined;
      readonly bad?: readonly CounterSelection[] | undefined;
    };
  }[];
  readonly services: readonly { readonly name: string; readonly job?: string }[];
}

/** Derives what the meter reads from the configuration. */
export function planMeter({ objectives, services }: PlanInput): MeterPlan {
  const selections = new Map<string, CounterSelection>();
  const keyed = (list: readonly CounterSelection[]) =>
    list.map((selection) => {
      const key = selector(selection).text;
      selections.set(key, selection);
      return key;
    });
  const targets = countTargets(services);
  return {
    selections,
    targets,
    jobs: new Map(services.map(({ name, job }) => [name, job ?? name])),
    objectives: objectives.map(({ id, sli }) => ({
      id,
      valid: keyed(sli.valid),
      counted: sli.bad === undefined ? 'good' : 'bad',
      part: keyed(sli.bad ?? sli.good ?? []),
      services: servicesOf(sli, targets),
    })),
  };
}

function countTargets(services: PlanInput['services']): Map<string, number> {
  const targets = new Map<string, number>();
  for (const { name } of services) targets.set(name, (targets.get(name) ?? 0) + 1);
  return targets;
}

/** A selection of `'any'` service can come from all of them. */
function servicesOf(
  { valid, good, bad }: PlanInput['objectives'][number]['sli'],
  targets: ReadonlyMap<string, number>,
): string[] {
  const named = [...valid, ...(good ?? []), ...(bad ?? [])].map(({ service }) => service);
  const known = [...new Set(named)].filter((service) => targets.has(service));
  return known.length > 0 ? known : [...targets.keys()];
}
