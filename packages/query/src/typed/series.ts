import type {
  CounterSignal,
  GaugeSignal,
  HistogramSignal,
  LabelSpec,
  LabelValues,
  Metric,
  Matcher,
  TargetLabel,
  Where,
} from '@sprout/signals';
import type { Series } from '../promql/index.ts';

/** The labels that series of a signal have, those of scraping among them. */
export type LabelOf<L extends LabelSpec> = Extract<keyof L, string> | TargetLabel;

interface TypedSeries<K extends string, L extends string> extends Series {
  readonly kind: K;
  readonly labels: readonly L[];
}

/** Series that only grow: `rate` and `increase` make something of them, and nothing else does. */
export type CounterSeries<L extends string = string> = TypedSeries<'counter', L>;
/** Series that go up and down. */
export type GaugeSeries<L extends string = string> = TypedSeries<'gauge', L>;
/** Buckets, count and sum under one name. */
export type HistogramSeries<L extends string = string> = TypedSeries<'histogram', L>;

type Narrowed = { readonly matchers: readonly Matcher[] };

/** Labels that follow a variable of the dashboard, by its name: `{ route: 'route' }`. */
type Variables<L extends string> = { readonly [K in L]?: string };

/**
 * The series of a signal, narrowed by values and by variables of a dashboard. A label or a value
 * that the signal has not does not compile; from untyped data it throws RangeError.
 * @example
 * pick(gatewayRequestDuration, { outcome: 'timeout' }, { route: 'route' })
 */
export function pick<L extends LabelSpec>(
  signal: CounterSignal<L>,
  where?: Where<L>,
  variables?: Variables<LabelOf<L>>,
): CounterSeries<LabelOf<L>>;
export function pick<L extends LabelSpec>(
  signal: GaugeSignal<L>,
  where?: Where<L>,
  variables?: Variables<LabelOf<L>>,
): GaugeSeries<LabelOf<L>>;
export function pick<L extends LabelSpec>(
  signal: HistogramSignal<L>,
  where?: Where<L>,
  variables?: Variables<LabelOf<L>>,
): HistogramSeries<LabelOf<L>>;
export function pick(
  signal: Pick<Metric, 'type' | 'name' | 'labels'> & { where(where: object): Narrowed },
  where: object = {},
  variables: Variables<string> = {},
): TypedSeries<Metric['type'], string> {
  const labels = [...Object.keys(signal.labels), ...targetLabels];
  const { matchers } = signal.where(where);
  const followed = Object.entries(variables).map(([label, name]): Matcher => ({
    label,
    op: '=~',
    value: `$${name}`,
  }));
  const all = [...matchers, ...followed];
  for (const matcher of all) refuseUnknown(signal.name, signal.labels, labels, matcher);
  return { kind: signal.type, metric: signal.name, matchers: all, labels };
}

/** How many observations a histogram has counted. */
export const countOf = <L extends string>(histogram: HistogramSeries<L>): CounterSeries<L> => ({
  ...histogram,
  kind: 'counter',
  metric: `${histogram.metric}_count`,
});

/** The sum of what a histogram has observed. */
export const sumOf = <L extends string>(histogram: HistogramSeries<L>): CounterSeries<L> => ({
  ...histogram,
  kind: 'counter',
  metric: `${histogram.metric}_sum`,
});

/** Series that no signal stands for, with their labels: recordings, `ALERTS`. */
export const named = <const L extends string>(
  metric: string,
  labels: readonly L[],
  matchers: readonly Matcher[] = [],
): GaugeSeries<L> => ({ kind: 'gauge', metric, labels, matchers });

const targetLabels: readonly TargetLabel[] = ['service', 'job', 'instance'];

function refuseUnknown(
  metric: string,
  spec: LabelSpec,
  labels: readonly string[],
  { label, op, value }: Matcher,
): void {
  if (!labels.includes(label)) {
    throw new RangeError(`${metric} has no label "${label}"; it has ${labels.join(', ')}`);
  }
  const known: LabelValues | undefined = spec[label];
  if (known === undefined || known === 'any' || op === '=~' || op === '!~') return;
  if (!known.includes(value)) {
    throw new RangeError(`${metric}: ${label} is never "${value}"; it is ${known.join(', ')}`);
  }
}
