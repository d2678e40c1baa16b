import type { Objective } from '@sprout/objectives';
import type { Signal } from '@sprout/signals';
import { alertProblems } from './alert-problems.ts';
import { graphProblems } from './graph-problems.ts';
import { groupProblems } from './group-problems.ts';
import { seriesProblems } from './series-problems.ts';

/** What promises can be made of. */
export interface Watched {
  readonly signals: readonly WatchedSignal[];
  readonly services: readonly string[];
  readonly scrapeIntervalSeconds: number;
}

/** A signal as declared or as compiled, as far as checks look at it. */
export interface WatchedSignal {
  readonly kind: Signal['kind'];
  readonly name: string;
  readonly type?: string;
  readonly labels?: Readonly<Record<string, 'any' | readonly string[]>>;
  readonly buckets?: readonly number[] | undefined;
}

/** Something that makes a promise impossible, and what to do about it. */
export interface DeclarationProblem {
  readonly objective: string;
  /** Where in the declaration, for example `sli.good`. */
  readonly path: string;
  readonly what: string;
  readonly fix: string;
}

/** Checks promises against what is watched; everything that is wrong, in the order declared. */
export function checkObjectives(
  objectives: readonly Objective[],
  watched: Watched,
): DeclarationProblem[] {
  const found = [
    ...graphProblems(objectives),
    ...objectives.flatMap((objective) => [
      ...seriesProblems(objective, watched),
      ...groupProblems(objective, watched),
      ...alertProblems(objective, watched),
    ]),
  ];
  const order = new Map(objectives.map(({ id }, index) => [id, index]));
  return found.toSorted((a, b) => (order.get(a.objective) ?? 0) - (order.get(b.objective) ?? 0));
}

/** A problem in one line. */
export function problemText({ what, fix }: DeclarationProblem): string {
  return `${what}; ${fix}`;
}
