import type { Objective } from '@sprout/objectives';
import type { DeclarationProblem, Watched } from './problem.ts';
import { signalOf } from './series-problems.ts';

const targetLabels = ['service', 'job', 'instance'];

/** Groups by labels that the series of a promise have not, or of what has no series. */
export function groupProblems(objective: Objective, watched: Watched): DeclarationProblem[] {
  const { id, sli, groupBy } = objective;
  if (groupBy.length === 0) return [];
  const problem = (what: string, fix: string) => ({ objective: id, path: 'groupBy', what, fix });
  if (sli.composite !== undefined) {
    return [problem('a composite has no series to group', 'group its members')];
  }
  if (sli.up !== undefined) {
    return [problem('scrapes are not grouped', 'declare a promise for each service')];
  }
  const selections = [...sli.valid, ...(sli.good ?? []), ...(sli.bad ?? [])];
  const metrics = [...new Set(selections.map(({ metric }) => metric))];
  return groupBy
    .filter((label) => !targetLabels.includes(label))
    .flatMap((label) =>
      metrics.flatMap((metric) => {
        const labels = signalOf(metric, watched.signals)?.labels;
        if (labels === undefined || label in labels) return [];
        const has = Object.keys(labels).join(', ') || 'none';
        return problem(`${metric} has no label "${label}"`, `its labels are ${has}`);
      }),
    );
}
