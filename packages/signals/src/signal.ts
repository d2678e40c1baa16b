import type { AlertHint } from './alert-hint.ts';
import type { LabelSpec } from './label.ts';
import type { PanelHint } from './panel-hint.ts';
import { selectCounter, selectGauge, selectHistogram } from './selection.ts';
import type { CounterSelection, GaugeSelection, HistogramSelection, Where } from './selection.ts';

/** What every signal says about itself, whatever its type. */
interface SignalText {
  /** One sentence, shown by Prometheus, in panels and in the metric reference. */
  readonly help: string;
  /** The service that emits it; `'any'` for a signal that every instrumented service emits. */
  readonly owner: string;
  /** How it is best looked at. */
  readonly panel: PanelHint;
  /** When it is bad; exactly one of `alert` and `noAlert` is given. */
  readonly alert?: AlertHint | readonly AlertHint[];
  /** Why nobody is alerted on it, for example "covered by objective order-saga". */
  readonly noAlert?: string;
}

interface MetricSignal<L extends LabelSpec> extends SignalText {
  readonly kind: 'metric';
  readonly name: string;
  readonly labels: L;
  /** Base unit: `seconds`, `bytes`, `ratio`, or `''` for plain counts. */
  readonly unit: string;
}

/** A number that only grows, `_total` at the end of its name. */
export interface CounterSignal<L extends LabelSpec = LabelSpec> extends MetricSignal<L> {
  readonly type: 'counter';
  /** Narrows the signal to some label values. */
  where(where: Where<L>): CounterSelection;
}

/** A number that goes up and down. */
export interface GaugeSignal<L extends LabelSpec = LabelSpec> extends MetricSignal<L> {
  readonly type: 'gauge';
  where(where: Where<L>): GaugeSelection;
}

/** A distribution; `buckets` are upper bounds in the signal's unit, ascending, without +Inf. */
export interface HistogramSignal<L extends LabelSpec = LabelSpec> extends MetricSignal<L> {
  readonly type: 'histogram';
  readonly buckets: readonly number[];
  where(where: Where<L>): HistogramSelection;
}

/** Log lines that match a pattern, counted by the collector as counter `name`. */
export interface LogSignal extends SignalText {
  readonly kind: 'log';
  readonly name: string;
  readonly service: string | 'any';
  /** RE2 pattern searched in the line. */
  readonly pattern: string;
}

export type Metric = CounterSignal | GaugeSignal | HistogramSignal;
export type Signal = Metric | LogSignal;

type SignalOptions<L extends LabelSpec> = Omit<SignalText, 'owner'> & {
  readonly owner?: string;
  readonly labels?: L;
  readonly unit?: string;
};

/**
 * Declares a counter. Plain data: declaring it has no side effect.
 * @example
 * export const ordersPlaced = counter('market_orders_placed_total', {
 *   help: 'Orders placed, by outcome.', owner: 'order',
 *   labels: { outcome: ['accepted', 'rejected'] },
 *   panel: rateBy('outcome'), noAlert: 'covered by objective order-saga',
 * });
 */
export function counter<const L extends LabelSpec = Record<never, never>>(
  name: string,
  options: SignalOptions<L>,
): CounterSignal<L> {
  const signal = { ...metric(name, options), type: 'counter' as const };
  return Object.freeze({ ...signal, where: (where: Where<L>) => selectCounter(signal, where) });
}

/** Declares a gauge; see {@link counter}. */
export function gauge<const L extends LabelSpec = Record<never, never>>(
  name: string,
  options: SignalOptions<L>,
): GaugeSignal<L> {
  const signal = { ...metric(name, options), type: 'gauge' as const };
  return Object.freeze({ ...signal, where: (where: Where<L>) => selectGauge(signal, where) });
}

/** Declares a histogram with classic buckets; see {@link counter}. */
export function histogram<const L extends LabelSpec = Record<never, never>>(
  name: string,
  options: SignalOptions<L> & { readonly buckets: readonly number[] },
): HistogramSignal<L> {
  const signal = {
    ...metric(name, options),
    type: 'histogram' as const,
    buckets: [...options.buckets],
  };
  return Object.freeze({ ...signal, where: (where: Where<L>) => selectHistogram(signal, where) });
}

/** Declares a pattern in log lines that the collector counts as counter `name`. */
export function logSignal(name: string, options: Omit<LogSignal, 'kind' | 'name'>): LogSignal {
  return Object.freeze({ kind: 'log', name, ...options });
}

function metric<L extends LabelSpec>(name: string, options: SignalOptions<L>) {
  const { labels, unit, owner, ...text } = options;
  return {
    ...text,
    kind: 'metric' as const,
    name,
    owner: owner ?? 'any',
    labels: labels ?? ({} as L),
    unit: unit ?? '',
  };
}
