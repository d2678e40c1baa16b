import type { Objective, Remark } from '@sprout/objectives';
import type { DeclarationProblem, Watched } from './problem.ts';
import { signalOf } from './series-problems.ts';
import { fix, wrong } from './words.ts';

const targetLabels = ['service', 'job', 'instance'];

/** Groups by labels that the series of a promise have not, or of what has no series. */
export function groupProblems(objective: Objective, watched: Watched): DeclarationProblem[] {
  const { id, sli, groupBy } = objective;
  if (groupBy.length === 0) return [];
  const problem = (what: Remark, how: Remark) => ({
    objective: id,
    path: 'groupBy',
    what,
    fix: how,
  });
  if (sli.composite !== undefined) {
    return [problem(wrong('COMPOSITE_GROUPED'), fix('GROUP_MEMBERS'))];
  }
  if (sli.up !== undefined) {
    return [problem(wrong('SCRAPES_GROUPED'), fix('PROMISE_EACH_SERVICE'))];
  }
  const selections = [...sli.valid, ...(sli.good ?? []), ...(sli.bad ?? [])];
  const metrics = [...new Set(selections.map(({ metric }) => metric))];
  return groupBy
    .filter((label) => !targetLabels.includes(label))
    .flatMap((label) =>
      metrics.flatMap((metric) => {
        const labels = signalOf(metric, watched.signals)?.labels;
        if (labels === undefined || label in labels) return [];
        const what = wrong('LABEL_UNKNOWN', { signal: metric, label });
        return problem(what, fix('LABELS_ARE', { known: Object.keys(labels) }));
      }),
    );
}
