import { parser } from '@prometheus-io/lezer-promql';
import type { LabelSpec } from '@sprout/signals';
import type { SyntaxNode } from '@lezer/common';

/** What must be known of a signal to check a query against it. */
export interface KnownSignal {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: LabelSpec;
}

const targetLabels = ['service', 'job', 'instance'];
const needsCounter = new Set(['rate', 'irate', 'increase']);
/** What may be done to a counter besides: is it there, did it ever count, when did it begin anew. */
const takesAny = new Set([
  'absent',
  'changes',
  'max_over_time',
  'resets',
  'present_over_time',
  'timestamp',
  'count',
]);

/**
 * What a query asks that its signals do not have: an unknown metric, label or value; a counter that
 * is summed or shown without its rate; a rate of a gauge or of a sum. Metrics of `others` are taken
 * as they are: recordings, `ALERTS`.
 */
export function checkSignals(
  text: string,
  signals: readonly KnownSignal[],
  others: readonly string[] = [],
): string[] {
  return signalProblems(text, signals, others).map(({ message }) => message);
}

/** What a query asks that its signals do not have. */
export interface SignalProblem {
  /** An unknown name; a counter without its rate; a rate of what has none. */
  readonly kind: 'name' | 'counter' | 'rate';
  readonly message: string;
}

/** The same as {@link checkSignals}, by kind of mistake. */
export function signalProblems(
  text: string,
  signals: readonly KnownSignal[],
  others: readonly string[] = [],
): SignalProblem[] {
  const series = seriesOf(signals);
  const problems: SignalProblem[] = [];
  const add = (kind: SignalProblem['kind'], ...messages: readonly string[]) =>
    void problems.push(...messages.map((message) => ({ kind, message })));
  const read = (node: SyntaxNode | null) =>
    node === null ? '' : text.slice(node.from, node.to).trim();
  parser.parse(text).iterate({
    enter: ({ node }) => {
      if (node.name === 'SubqueryExpr' && ratesASum(node, read)) {
        add('rate', `the rate of a sum: a restart of one would look like a loss of all`);
      }
      if (node.name !== 'VectorSelector') return;
      const metric = read(node.getChild('Identifier'));
      if (metric === '' || others.includes(metric)) return;
      const known = series.get(metric);
      if (known === undefined) {
        add('name', `there is no metric ${metric}`);
        return;
      }
      const user = functionOver(node, read);
      if (known.counter && !needsCounter.has(user) && !takesAny.has(user)) {
        add('counter', `${metric} is a counter: its rate comes first`);
      }
      if (!known.counter && needsCounter.has(user)) {
        add('rate', `${metric} is a gauge: it has no ${user}`);
      }
      add('name', ...wrongMatchers(node, metric, known, read));
    },
  });
  return problems;
}

interface KnownSeries {
  readonly counter: boolean;
  readonly labels: LabelSpec;
}

/** A lint asks hundreds of times with the same signals. */
const seriesBySignals = new WeakMap<readonly KnownSignal[], Map<string, KnownSeries>>();

function seriesOf(signals: readonly KnownSignal[]): Map<string, KnownSeries> {
  const before = seriesBySignals.get(signals);
  if (before !== undefined) return before;
  const series = seriesIn(signals);
  seriesBySignals.set(signals, series);
  return series;
}

function seriesIn(signals: readonly KnownSignal[]): Map<string, KnownSeries> {
  return new Map(
    signals.flatMap(({ name, type, labels }): [string, KnownSeries][] =>
      type === 'histogram'
        ? ['_bucket', '_count', '_sum'].map((end) => [
            name + end,
            { counter: true, labels: end === '_bucket' ? { ...labels, le: 'any' } : labels },
          ])
        : [[name, { counter: type === 'counter', labels }]],
    ),
  );
}

/** The function or aggregation that a selector is the argument of; '' when there is none. */
function functionOver(selector: SyntaxNode, read: (node: SyntaxNode | null) => string): string {
  for (let node = selector.parent; node !== null; node = node.parent) {
    if (node.name === 'FunctionCall') return read(node.getChild('FunctionIdentifier'));
    if (node.name === 'AggregateExpr') return read(node.getChild('AggregateOp'));
  }
  return '';
}

function ratesASum(subquery: SyntaxNode, read: (node: SyntaxNode | null) => string): boolean {
  return (
    needsCounter.has(functionOver(subquery, read)) && subquery.getChild('AggregateExpr') !== null
  );
}

function wrongMatchers(
  selector: SyntaxNode,
  metric: string,
  { labels }: KnownSeries,
  read: (node: SyntaxNode | null) => string,
): string[] {
  const matchers = selector.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  return matchers.flatMap((matcher) => {
    const label = read(matcher.getChild('LabelName'));
    const values = labels[label];
    if (values === undefined) {
      return targetLabels.includes(label) ? [] : [`${metric} has no label ${label}`];
    }
    const value = read(matcher.getChild('StringLiteral')).slice(1, -1);
    const exact = read(matcher.getChild('MatchOp')) === '=' && !value.includes('$');
    return values === 'any' || !exact || values.includes(value)
      ? []
      : [`${metric}: ${label} is never "${value}"`];
  });
}
