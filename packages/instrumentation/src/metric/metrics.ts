import { SproutError } from '@sprout/process';
import type {
  CounterSignal,
  GaugeSignal,
  HistogramSignal,
  LabelSpec,
  Metric,
} from '@sprout/signals';
import { heapLimit } from '@sprout/signals/catalogue';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OpenMetricsContentType } from 'prom-client';
import { heapLimitBytes } from './heap-limit.ts';
import { closedLabelSets } from './label-sets.ts';
import { toPrometheusText } from './exposition.ts';

/** A value for each label of a signal; a label with a closed list takes only its values. */
export type LabelArguments<L extends LabelSpec> = {
  readonly [K in keyof L]: L[K] extends readonly (infer V extends string)[] ? V : string;
};

/** Labels may be left out only where the signal has none. */
type OptionalLabels<L extends LabelSpec> = keyof L extends never
  ? [labels?: LabelArguments<L>, value?: number]
  : [labels: LabelArguments<L>, value?: number];

export interface BoundCounter<L extends LabelSpec> {
  /** Adds `value`, 1 by default. */
  inc(...labelsAndValue: OptionalLabels<L>): void;
}

export interface BoundGauge<L extends LabelSpec> {
  set(labels: LabelArguments<L>, value: number): void;
}

export interface BoundHistogram<L extends LabelSpec> {
  /** Observes `value`, in the signal's unit, with the current trace or `exemplar` as exemplar. */
  observe(labels: LabelArguments<L>, value: number, exemplar?: Exemplar): void;
}

/** The trace an observation came from. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
}

/** Turns signals into metrics. */
export interface Bind {
  <L extends LabelSpec>(signal: CounterSignal<L>): BoundCounter<L>;
  <L extends LabelSpec>(signal: GaugeSignal<L>): BoundGauge<L>;
  <L extends LabelSpec>(signal: HistogramSignal<L>): BoundHistogram<L>;
}

type AnyBound = BoundCounter<LabelSpec> | BoundGauge<LabelSpec> | BoundHistogram<LabelSpec>;
type Labels = Record<string, string>;

/** The metrics of one process. */
export interface Metrics {
  readonly bind: Bind;
  /** The exposition in the form the scraper accepts. */
  expose(accept: string | undefined): Promise<{ contentType: string; body: string }>;
}

/** `currentExemplar` tells the sampled trace that runs now, if there is one. */
export function createMetrics(
  currentExemplar: () => Exemplar | undefined,
  processMetrics: boolean,
): Metrics {
  // Histograms with exemplars are accepted by OpenMetrics registries only.
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  if (processMetrics) {
    collectDefaultMetrics({ register: registry });
    collectHeapLimit(registry);
  }
  const bound = new Map<string, { readonly signal: Metric; readonly metric: AnyBound }>();

  const bindAny = (signal: Metric): AnyBound => {
    const before = bound.get(signal.name);
    if (before !== undefined) return sameSignal(before, signal);
    const metric = makeMetric(signal, registry, currentExemplar);
    bound.set(signal.name, { signal, metric });
    return metric;
  };
  return { bind: bindAny as Bind, expose: (accept) => expose(registry, accept) };
}

/** The one bound of a Node process that the default metrics leave out. */
function collectHeapLimit(registry: Registry<OpenMetricsContentType>): void {
  const { name, help } = heapLimit;
  new Gauge({ name, help, registers: [registry] }).set(heapLimitBytes());
}

async function expose(registry: Registry<OpenMetricsContentType>, accept = '') {
  const body = await registry.metrics();
  if (accept.includes('application/openmetrics-text')) {
    return { contentType: Registry.OPENMETRICS_CONTENT_TYPE, body };
  }
  return { contentType: Registry.PROMETHEUS_CONTENT_TYPE, body: toPrometheusText(body) };
}

function sameSignal(before: { signal: Metric; metric: AnyBound }, signal: Metric): AnyBound {
  if (before.signal === signal || shape(before.signal) === shape(signal)) return before.metric;
  throw new SproutError('SIGNAL_CONFLICT', `two different signals are called ${signal.name}`, {
    hint: 'give one of them another name',
  });
}

function shape(signal: Metric): string {
  const buckets = signal.type === 'histogram' ? signal.buckets : [];
  return JSON.stringify([signal.type, signal.labels, buckets]);
}

function makeMetric(
  signal: Metric,
  registry: Registry<OpenMetricsContentType>,
  currentExemplar: () => Exemplar | undefined,
): AnyBound {
  const common = {
    name: signal.name,
    help: signal.help,
    labelNames: Object.keys(signal.labels),
    registers: [registry],
  };
  if (signal.type === 'counter') return makeCounter(signal, new Counter(common));
  if (signal.type === 'gauge') return makeGauge(signal, new Gauge(common));
  const buckets = [...signal.buckets];
  const histogram = new Histogram({ ...common, buckets, enableExemplars: true });
  return makeHistogram(signal, histogram, currentExemplar);
}

function makeCounter(signal: CounterSignal, counter: Counter): BoundCounter<LabelSpec> {
  for (const labels of closedLabelSets(signal.labels)) counter.inc(labels, 0);
  return { inc: (labels: Labels = {}, value = 1) => counter.inc(labels, value) };
}

function makeGauge(signal: GaugeSignal, gauge: Gauge): BoundGauge<LabelSpec> {
  for (const labels of closedLabelSets(signal.labels)) gauge.set(labels, 0);
  return { set: (labels, value) => gauge.set(labels, value) };
}

function makeHistogram(
  signal: HistogramSignal,
  histogram: Histogram,
  currentExemplar: () => Exemplar | undefined,
): BoundHistogram<LabelSpec> {
  for (const labels of closedLabelSets(signal.labels)) histogram.zero(labels);
  return {
    observe(labels, value, exemplar = currentExemplar()) {
      // With exemplars enabled prom-client takes one object, also where there are no labels:
      // `observe(number)` throws.
      if (exemplar === undefined) return histogram.observe({ labels, value });
      const exemplarLabels = { trace_id: exemplar.traceId, span_id: exemplar.spanId };
      histogram.observe({ labels, value, exemplarLabels });
    },
  };
}
