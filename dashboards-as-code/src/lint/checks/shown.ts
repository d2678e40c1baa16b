import { namesIn } from '@sprout/query';
import { promqlOf } from './subject.ts';
import type { BoardSubject } from './subject.ts';

const shownBySubject = new WeakMap<BoardSubject, ReadonlySet<string>>();

/** Names of the signals that panels, marks and variables of all dashboards read. */
export function shownMetrics(subject: BoardSubject): ReadonlySet<string> {
  const before = shownBySubject.get(subject);
  if (before !== undefined) return before;
  const queries = subject.boards.flatMap(({ rows, annotations, variables }) => [
    ...rows.flatMap((row) => row.panels.flatMap((panel) => panel.queries)),
    ...annotations.map(({ expr }) => ({ expr, legend: '' })),
    ...variables.flatMap((one) =>
      one.kind === 'label-values' ? [{ expr: one.metric, legend: '' }] : [],
    ),
  ]);
  const names = new Set(
    queries
      .flatMap((query) => promqlOf(query) ?? [])
      .flatMap((expr) => namesIn(expr).metrics)
      .flatMap((name) => [name, name.replace(/_(bucket|count|sum)$/, '')]),
  );
  shownBySubject.set(subject, names);
  return names;
}
