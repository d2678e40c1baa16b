import type { Matcher } from '@sprout/signals';
import { formatDuration } from '../duration.ts';
import { atom, call } from './expression.ts';
import type { Expression } from './expression.ts';

/** A set of series; the selections of packages/signals are such. */
export interface Series {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

/** Functions from the samples of a window to one value for each series. */
type WindowFunction =
  | 'rate'
  | 'increase'
  | 'avg_over_time'
  | 'sum_over_time'
  | 'last_over_time'
  | 'max_over_time'
  | 'count_over_time'
  | 'present_over_time'
  | 'changes';

/** A set of series by metric name and exact label values. */
export function series(metric: string, labels: Readonly<Record<string, string>> = {}): Series {
  const matchers = Object.entries(labels).map(([label, value]) => matcher(label, value));
  return { metric, matchers };
}

/** The newest sample of each series: `metric{label="value"}`. */
export function selector(source: Series, options: { readonly offsetSeconds?: number } = {}) {
  return atom(select(source) + offset(options.offsetSeconds));
}

/** Any function over a window, for example `avg_over_time(metric[5m])`. */
export function over(
  name: WindowFunction,
  source: Series,
  windowSeconds: number,
  options: { readonly offsetSeconds?: number } = {},
): Expression {
  const window = `[${formatDuration(windowSeconds)}]`;
  return call(name, select(source) + window + offset(options.offsetSeconds));
}

/** `predict_linear(metric[6h], 3600)`: where a line through the window is, so much later. */
export const predicted = (source: Series, windowSeconds: number, aheadSeconds: number) =>
  call(
    'predict_linear',
    `${select(source)}[${formatDuration(windowSeconds)}]`,
    String(aheadSeconds),
  );

/** Events per second over a window. */
export const rate = (source: Series, windowSeconds: number): Expression =>
  over('rate', source, windowSeconds);

/** Events in a window. */
export const increase = (source: Series, windowSeconds: number): Expression =>
  over('increase', source, windowSeconds);

function select({ metric, matchers }: Series): string {
  if (matchers.length === 0) return metric;
  const printed = matchers.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`);
  return `${metric}{${printed.join(', ')}}`;
}

function offset(seconds: number | undefined): string {
  return seconds === undefined ? '' : ` offset ${formatDuration(seconds)}`;
}

function matcher(label: string, value: string): Matcher {
  return { label, op: '=', value };
}
