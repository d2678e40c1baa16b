import { formatDuration } from '../duration.ts';
import { call, number } from '../promql/expression.ts';
import type { Comparison, Expression } from '../promql/expression.ts';
import * as operators from '../promql/operators.ts';
import { selector } from '../promql/selector.ts';
import type { CounterSeries, GaugeSeries, HistogramSeries } from './series.ts';
import { countOf, sumOf } from './series.ts';

/**
 * One value now for each combination of its labels. Only these are aggregated and compared, so a
 * counter is not summed before its rate is taken.
 */
export interface Vector<L extends string = string> extends Expression {
  readonly labels: readonly L[];
  /** Keeps vectors of different labels apart; never there. */
  readonly exactly?: (label: L) => L;
}

/** A window in seconds, or a variable of Grafana's. */
export type Window = number | '$__rate_interval' | '$__range' | '$__interval';

/** The newest value of a gauge. */
export const value = <L extends string>(gauge: GaugeSeries<L>): Vector<L> => {
  refuse(gauge.kind === 'gauge', `${gauge.metric} is a ${gauge.kind}: take its rate`);
  return vector(selector(gauge), gauge.labels);
};

/** Events per second. */
export const rate = <L extends string>(
  counter: CounterSeries<L>,
  window: Window = '$__rate_interval',
): Vector<L> => windowed('rate', counter, window);

/** Events in a window. */
export const increase = <L extends string>(
  counter: CounterSeries<L>,
  window: Window = '$__range',
): Vector<L> => windowed('increase', counter, window);

/** The largest, smallest or mean value of a gauge in a window, or how often it changed. */
export const over = <L extends string>(
  name: 'max_over_time' | 'min_over_time' | 'avg_over_time' | 'changes' | 'delta',
  gauge: GaugeSeries<L>,
  window: Window,
): Vector<L> => {
  refuse(gauge.kind === 'gauge', `${gauge.metric} is a ${gauge.kind}: ${name} needs a gauge`);
  return vector(call(name, `${selector(gauge).text}[${printed(window)}]`), gauge.labels);
};

/** Where a gauge will be, if it goes on as in the window. */
export const forecast = <L extends string>(
  gauge: GaugeSeries<L>,
  window: Window,
  aheadSeconds: number,
): Vector<L> => {
  const range = `${selector(gauge).text}[${printed(window)}]`;
  return vector(call('predict_linear', range, String(aheadSeconds)), gauge.labels);
};

/** Where a line through the last `window` leads; its points are a minute apart. */
export const continued = <L extends string>(
  of: Vector<L>,
  windowSeconds: number,
  aheadSeconds: number,
): Vector<L> => {
  const points = `(${of.text})[${formatDuration(windowSeconds)}:1m]`;
  return vector(call('predict_linear', points, String(aheadSeconds)), of.labels);
};

/** `sum by (…)` and its likes; a label that is not there does not compile. */
export function aggregate<L extends string, B extends L>(
  name: 'sum' | 'min' | 'max' | 'avg' | 'count',
  by: readonly B[],
  of: Vector<L>,
): Vector<B> {
  // From untyped data a series may come here, which has no text yet.
  if ('metric' in of) refuse(false, `take the rate of ${String(of.metric)} first`);
  const lost = by.filter((label) => !of.labels.includes(label));
  refuse(
    lost.length === 0,
    `there is no label ${lost.join(', ')} in ${of.text}; it has ${of.labels.join(', ')}`,
  );
  return vector(operators.aggregate(name, by, of), by);
}

export const sumBy = <L extends string, B extends L>(by: readonly B[], of: Vector<L>): Vector<B> =>
  aggregate('sum', by, of);
export const maxBy = <L extends string, B extends L>(by: readonly B[], of: Vector<L>): Vector<B> =>
  aggregate('max', by, of);
export const sum = <L extends string>(of: Vector<L>): Vector<never> => aggregate('sum', [], of);

/** The largest series. */
export const top = <L extends string>(count: number, of: Vector<L>): Vector<L> =>
  vector(call('topk', String(count), of.text), of.labels);

/** A quantile of a histogram for each combination of labels. */
export function quantile<L extends string, B extends L>(
  phi: number,
  histogram: HistogramSeries<L>,
  by: readonly B[] = [],
  window: Window = '$__rate_interval',
): Vector<B> {
  refuse(histogram.kind === 'histogram', `${histogram.metric} has no buckets`);
  const buckets = bucketRates(histogram, by, window);
  return vector(call('histogram_quantile', String(phi), buckets.text), by);
}

/** Observations per second by bucket, as a heatmap shows them. */
export const buckets = <L extends string>(histogram: HistogramSeries<L>): Vector<'le'> =>
  bucketRates(histogram, [], '$__rate_interval');

/** Mean observation of a histogram for each combination of labels. */
export const mean = <L extends string, B extends L>(
  histogram: HistogramSeries<L>,
  by: readonly B[] = [],
): Vector<B> => ratio(sumBy(by, rate(sumOf(histogram))), sumBy(by, rate(countOf(histogram))));

/** Both sides must have the same labels; others would silently not match. */
export const ratio = <L extends string>(part: Vector<L>, whole: Vector<NoInfer<L>>): Vector<L> =>
  vector(operators.ratio(part, sameLabels(part, whole)), part.labels);
export const minus = <L extends string>(left: Vector<L>, right: Vector<NoInfer<L>>): Vector<L> =>
  vector(operators.minus(left, sameLabels(left, right)), left.labels);
export const plus = <L extends string>(left: Vector<L>, right: Vector<NoInfer<L>>): Vector<L> =>
  vector(operators.plus(left, sameLabels(left, right)), left.labels);
export const times = <L extends string>(of: Vector<L>, factor: number): Vector<L> =>
  vector(operators.times(of, factor), of.labels);

/** What is left of 1. */
export const rest = <L extends string>(of: Vector<L>): Vector<L> =>
  vector(operators.minus(number(1), of), of.labels);

/** Seconds since the Unix time that a gauge holds. */
export const since = <L extends string>(of: Vector<L>): Vector<L> =>
  vector(operators.minus(call('time'), of), of.labels);

/** The series whose value compares true. */
export const where = <L extends string>(of: Vector<L>, op: Comparison, bound: number): Vector<L> =>
  vector(operators.compare(of, op, bound), of.labels);

/** The same, some time ago. */
export const ago = <L extends string>(counter: CounterSeries<L>, offset: string): Vector<L> =>
  vector(
    call('rate', `${selector(counter).text}[$__rate_interval] offset ${offset}`),
    counter.labels,
  );

/** Copies a label under another name, as node graphs want theirs. */
export const renamed = <L extends string, F extends L, T extends string>(
  of: Vector<L>,
  from: F,
  to: T,
): Vector<L | T> =>
  vector<L | T>(call('label_join', of.text, `"${to}"`, '""', `"${from}"`), [...of.labels, to]);

/** What a pattern captures of a label, under another name; both stay. */
export const captured = <L extends string, F extends L, T extends string>(
  of: Vector<L>,
  from: F,
  pattern: string,
  to: T,
): Vector<L | T> =>
  vector<L | T>(call('label_replace', of.text, `"${to}"`, '"$1"', `"${from}"`, `"${pattern}"`), [
    ...of.labels,
    to,
  ]);

/** Those series of the one whose labels the other has too. */
export const among = <L extends string>(of: Vector<L>, those: Vector<NoInfer<L>>): Vector<L> =>
  vector(operators.and(of, sameLabels(of, those)), of.labels);

function windowed<L extends string>(
  name: 'rate' | 'increase',
  counter: CounterSeries<L>,
  window: Window,
): Vector<L> {
  refuse(
    counter.kind === 'counter',
    `${name} needs a counter, and ${counter.metric} is a ${counter.kind}`,
  );
  return vector(call(name, `${selector(counter).text}[${printed(window)}]`), counter.labels);
}

function bucketRates<L extends string, B extends L>(
  histogram: HistogramSeries<L>,
  by: readonly B[],
  window: Window,
): Vector<'le' | B> {
  const series: CounterSeries<L | 'le'> = {
    ...histogram,
    kind: 'counter',
    metric: `${histogram.metric}_bucket`,
    labels: [...histogram.labels, 'le'],
  };
  return sumBy(['le', ...by], rate(series, window));
}

function sameLabels<L extends string>(left: Vector<L>, right: Vector<L>): Vector<L> {
  const of = ({ labels }: Pick<Vector, 'labels'>) => [...labels].toSorted().join(', ');
  refuse(of(left) === of(right), `the sides do not match: (${of(left)}) and (${of(right)})`);
  return right;
}

const printed = (window: Window): string =>
  typeof window === 'number' ? formatDuration(window) : window;

function vector<L extends string>(expression: Expression, labels: readonly L[]): Vector<L> {
  return { ...expression, labels };
}

function refuse(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new RangeError(otherwise);
}
