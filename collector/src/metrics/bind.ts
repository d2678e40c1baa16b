import { Counter, Gauge, Histogram } from 'prom-client';
import type { OpenMetricsContentType, Registry } from 'prom-client';
import type { CounterSignal, GaugeSignal, HistogramSignal, LabelSpec } from '@sprout/signals';

/** OpenMetrics, because only it carries exemplars. */
export type MetricsRegistry = Registry<OpenMetricsContentType>;

/** Makes the counter of a signal; label sets of closed lists start at 0. */
export function bindCounter(registry: MetricsRegistry, signal: CounterSignal): Counter {
  const counter = new Counter({ ...text(signal), registers: [registry] });
  for (const labels of labelSets(signal.labels)) counter.inc(labels, 0);
  return counter;
}

/** Makes the gauge of a signal. */
export function bindGauge(registry: MetricsRegistry, signal: GaugeSignal): Gauge {
  return new Gauge({ ...text(signal), registers: [registry] });
}

/** Makes the histogram of a signal; exemplars are given with each observation or not at all. */
export function bindHistogram(
  registry: MetricsRegistry,
  signal: HistogramSignal,
  options: { readonly exemplars?: boolean } = {},
): Histogram {
  const histogram = new Histogram({
    ...text(signal),
    buckets: [...signal.buckets],
    enableExemplars: options.exemplars ?? false,
    registers: [registry],
  });
  if (!options.exemplars) for (const labels of labelSets(signal.labels)) histogram.zero(labels);
  return histogram;
}

function text(signal: CounterSignal | GaugeSignal | HistogramSignal) {
  return { name: signal.name, help: signal.help, labelNames: Object.keys(signal.labels) };
}

/** Every combination of closed label lists; none when a label is open. */
function labelSets(labels: LabelSpec): Record<string, string>[] {
  let sets: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(labels)) {
    if (values === 'any') return [];
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  }
  return sets;
}
