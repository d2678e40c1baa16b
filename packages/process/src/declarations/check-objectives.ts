import type { Language, Objective } from '@sprout/objectives';
import { alertProblems } from './alert-problems.ts';
import { graphProblems } from './graph-problems.ts';
import { groupProblems } from './group-problems.ts';
import type { DeclarationProblem, Watched } from './problem.ts';
import { seriesProblems } from './series-problems.ts';

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
export function problemText({ what, fix }: DeclarationProblem, language: Language = 'en'): string {
  const between = { en: '; ', ko: '. ' }[language];
  return what[language] + between + fix[language];
}
