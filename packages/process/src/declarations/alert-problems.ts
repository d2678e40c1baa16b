import { alertObstacles } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import type { DeclarationProblem, Watched } from './problem.ts';

/** Alerts that could never fire, and former promises that say what they cannot. */
export function alertProblems(objective: Objective, watched: Watched): DeclarationProblem[] {
  const { id, sli, alerts, before } = objective;
  const problem = (path: string, what: string, fix: string) => ({ objective: id, path, what, fix });
  const former = before.some(({ goodRatioMin }) => goodRatioMin !== undefined);
  return [
    ...(former && sli.slice === undefined
      ? [problem('before', 'goodRatioMin belongs to time slices', 'take it out')]
      : []),
    ...(alerts && sli.composite !== undefined
      ? [problem('alerts', 'a composite has no alert of its own', 'its members alert; take it out')]
      : []),
    ...(alerts && sli.composite === undefined ? unreachable(objective, watched) : []),
  ];
}

function unreachable(
  objective: Objective,
  { scrapeIntervalSeconds }: Watched,
): DeclarationProblem[] {
  return alertObstacles(objective, scrapeIntervalSeconds).map(({ pair, what }) => ({
    objective: objective.id,
    path: 'alerts',
    what: `burn-rate alert ${pair + 1} ${what}`,
    fix: 'choose a higher target or a longer window, or set alerts: false',
  }));
}
