import type { KnownLabels, PromqlNode } from '@sprout/query';
import { nodesIn, treeOf } from '@sprout/query';
import type { Check, CheckText } from '../check.ts';

/** A PromQL expression, and who evaluates it. */
export interface LintedQuery {
  readonly where: string;
  /** With a window in the place of Grafana's `$__rate_interval` and its likes. */
  readonly expr: string;
  readonly use: 'panel' | 'alert' | 'recording';
  /** How often it is evaluated. */
  readonly everySeconds: number;
}

/** Expressions, and what is known of the series that they read. */
export interface QuerySubject {
  readonly queries: readonly LintedQuery[];
  readonly known: KnownLabels;
  /** Series that no signal stands for, taken as they are: recordings, `ALERTS`. */
  readonly others: readonly string[];
}

interface QueryCheck extends CheckText {
  /** An expression over {@link exampleSignals}. */
  readonly bad: string;
  /** Who evaluates the example; an alert unless given. */
  readonly use?: LintedQuery['use'];
  messages(query: ReadQuery, subject: QuerySubject): readonly string[];
}

/** An expression, parsed. */
export interface ReadQuery extends LintedQuery {
  readonly tree: PromqlNode;
  readonly nodes: readonly PromqlNode[];
}

/** A check that looks at one expression at a time. */
export function queryCheck({
  bad,
  messages,
  use = 'alert',
  ...text
}: QueryCheck): Check<QuerySubject> {
  return {
    ...text,
    bad: {
      text: bad,
      subject: {
        queries: [{ where: 'example', expr: bad, use, everySeconds: 15 }],
        known: { signals: exampleSignals },
        others: [],
      },
    },
    find: (subject) =>
      subject.queries.flatMap((query) =>
        messages(read(query), subject).map((message) => ({ where: query.where, message })),
      ),
  };
}

/** Trees by expression: thirty checks look at each. */
const trees = new Map<string, Pick<ReadQuery, 'tree' | 'nodes'>>();
const treesMax = 10_000;

function read(query: LintedQuery): ReadQuery {
  let parsed = trees.get(query.expr);
  if (parsed === undefined) {
    const tree = treeOf(query.expr);
    parsed = { tree, nodes: nodesIn(tree) };
    if (trees.size < treesMax) trees.set(query.expr, parsed);
  }
  return { ...query, ...parsed };
}

/** What the examples of checks read. */
const exampleSignals = [
  { name: 'requests_total', type: 'counter', labels: { route: ['cart', 'order'] } },
  { name: 'request_duration_seconds', type: 'histogram', labels: { route: ['cart', 'order'] } },
  { name: 'queue_depth', type: 'gauge', labels: { queue: 'any' } },
] as const;
