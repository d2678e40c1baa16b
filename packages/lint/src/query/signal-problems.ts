import { signalProblems } from '@sprout/query';
import type { SignalProblem } from '@sprout/query';
import type { QuerySubject, ReadQuery } from './query-check.ts';

/** Mistakes of one kind against the signals that a query reads. */
export const signalProblemsOf =
  (kind: SignalProblem['kind']) =>
  (query: ReadQuery, subject: QuerySubject): string[] =>
    problemsOf(query, subject)
      .filter((problem) => problem.kind === kind)
      .map(({ message }) => message);

/** Three checks ask for them. */
const found = new WeakMap<QuerySubject, Map<string, SignalProblem[]>>();

function problemsOf({ expr }: ReadQuery, subject: QuerySubject): SignalProblem[] {
  const known = found.get(subject) ?? new Map<string, SignalProblem[]>();
  found.set(subject, known);
  const problems = known.get(expr) ?? signalProblems(expr, subject.known.signals, subject.others);
  known.set(expr, problems);
  return problems;
}
