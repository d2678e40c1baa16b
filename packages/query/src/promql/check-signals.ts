import type { LabelSpec } from '@sprout/signals';
import { readSelector } from './selectors.ts';
import type { ReadSelector } from './selectors.ts';
import { parsed, textOf } from './tree.ts';
import type { PromqlNode } from './tree.ts';

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
  const problemsOf = (node: PromqlNode, user: string): SignalProblem[] => {
    if (node.kind === 'VectorSelector') {
      return others.includes(textOf(node, 'Identifier'))
        ? []
        : selectorProblems(node, user, series);
    }
    const below = userOf(node) ?? user;
    return [
      ...(ratesASum(node, user) ? [sumBeforeRate] : []),
      ...node.parts.flatMap((part) => problemsOf(part, below)),
    ];
  };
  return problemsOf(parsed(text), '');
}

const sumBeforeRate: SignalProblem = {
  kind: 'rate',
  message: 'the rate of a sum: a restart of one would look like a loss of all',
};

/** The function or aggregation that a node applies to what is below it. */
function userOf(node: PromqlNode): string | undefined {
  if (node.kind === 'FunctionCall') return textOf(node, 'FunctionIdentifier');
  if (node.kind === 'AggregateExpr') return textOf(node, 'AggregateOp');
  return undefined;
}

const ratesASum = ({ kind, parts }: PromqlNode, user: string): boolean =>
  kind === 'SubqueryExpr' &&
  needsCounter.has(user) &&
  parts.some((part) => part.kind === 'AggregateExpr');

function selectorProblems(
  node: PromqlNode,
  user: string,
  series: ReadonlyMap<string, KnownSeries>,
): SignalProblem[] {
  const { metric, matchers } = readSelector(node);
  if (metric === '') return [];
  const known = series.get(metric);
  if (known === undefined) return [{ kind: 'name', message: `there is no metric ${metric}` }];
  const problems: SignalProblem[] = wrongMatchers(metric, matchers, known).map((message) => ({
    kind: 'name',
    message,
  }));
  if (known.counter && !needsCounter.has(user) && !takesAny.has(user)) {
    problems.unshift({ kind: 'counter', message: `${metric} is a counter: its rate comes first` });
  }
  if (!known.counter && needsCounter.has(user)) {
    problems.unshift({ kind: 'rate', message: `${metric} is a gauge: it has no ${user}` });
  }
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

function wrongMatchers(
  metric: string,
  matchers: ReadSelector['matchers'],
  { labels }: KnownSeries,
): string[] {
  return matchers.flatMap(({ label, op, value }) => {
    const values = labels[label];
    if (values === undefined) {
      return targetLabels.includes(label) ? [] : [`${metric} has no label ${label}`];
    }
    const exact = op === '=' && !value.includes('$');
    return values === 'any' || !exact || values.includes(value)
      ? []
      : [`${metric}: ${label} is never "${value}"`];
  });
}
