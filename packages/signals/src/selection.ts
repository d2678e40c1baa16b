import type { LabelSpec } from './label.ts';

/** Labels that scraping adds to every series. */
export type TargetLabel = 'service' | 'job' | 'instance';

/** One value, one of several values, or none of several values. */
export type Wanted = string | readonly string[] | { readonly not: string | readonly string[] };

type ValueOf<L extends LabelSpec, K extends keyof L> = L[K] extends readonly (infer V)[]
  ? V | readonly V[] | { readonly not: V | readonly V[] }
  : Wanted;

/** Label names and values to narrow a signal to; unknown names and values do not compile. */
export type Where<L extends LabelSpec> = { readonly [K in keyof L]?: ValueOf<L, K> } & {
  readonly [K in TargetLabel]?: Wanted;
};

/** One PromQL label matcher; `=~` and `!~` values are anchored regular expressions. */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A set of counter series: the metric's exposed name and its matchers. Plain data. */
export interface CounterSelection {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  /** The service that emits the series, or `'any'`. */
  readonly service: string;
}

/** A set of gauge series. */
export interface GaugeSelection extends CounterSelection {
  readonly type: 'gauge';
}

/** A set of histogram series, from which counters are taken. */
export interface HistogramSelection extends CounterSelection {
  readonly buckets: readonly number[];
  /** The counter of all observations. */
  count(): CounterSelection;
  /** The counter of observations ≤ `le`; throws RangeError when there is no such bucket. */
  bucket(le: number): CounterSelection;
}

interface Source {
  readonly name: string;
  readonly owner: string;
}

export function selectCounter(source: Source, where: Readonly<Record<string, unknown>>) {
  return select(source, where);
}

export function selectGauge(
  source: Source,
  where: Readonly<Record<string, unknown>>,
): GaugeSelection {
  return { ...select(source, where), type: 'gauge' };
}

export function selectHistogram(
  source: Source & { readonly buckets: readonly number[] },
  where: Readonly<Record<string, unknown>>,
): HistogramSelection {
  const base = select(source, where);
  return {
    ...base,
    buckets: source.buckets,
    count: () => ({ ...base, metric: `${source.name}_count` }),
    bucket: (le) => bucketOf(source, base, le),
  };
}

function bucketOf(
  source: Source & { readonly buckets: readonly number[] },
  base: CounterSelection,
  le: number,
): CounterSelection {
  if (!source.buckets.includes(le)) {
    throw new RangeError(
      `${source.name} has no bucket at ${le}; its buckets are ${source.buckets.join(', ')}`,
    );
  }
  const matchers = [...base.matchers, { label: 'le', op: '=' as const, value: String(le) }];
  return { ...base, metric: `${source.name}_bucket`, matchers };
}

function select(source: Source, where: Readonly<Record<string, unknown>>): CounterSelection {
  const matchers = Object.entries(where)
    .filter(([, wanted]) => wanted !== undefined)
    .map(([label, wanted]) => matcher(label, wanted as Wanted))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1));
  const service = matchers.find((m) => m.label === 'service' && m.op === '=')?.value;
  return { metric: source.name, matchers, service: service ?? source.owner };
}

function matcher(label: string, wanted: Wanted): Matcher {
  if (typeof wanted === 'string') return { label, op: '=', value: wanted };
  if ('not' in wanted) {
    return typeof wanted.not === 'string'
      ? { label, op: '!=', value: wanted.not }
      : { label, op: '!~', value: anyOf(wanted.not) };
  }
  return { label, op: '=~', value: anyOf(wanted) };
}

function anyOf(values: readonly string[]): string {
  return values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
}
