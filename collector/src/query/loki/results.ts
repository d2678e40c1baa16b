import { labelsOf } from '../logql/pipeline.ts';
import type { Entry } from '../logql/pipeline.ts';
import { streamKey } from '../../store/log-line.ts';
import type { MetricSeries } from '../logql/range-vector.ts';

/**
 * Lines by stream, in the order given. `categorized` keeps structured metadata and parsed fields apart from
 * the stream's labels, as Grafana asks for; else they are labels of the stream, as Loki does by default.
 */
export function streamsOf(entries: readonly Entry[], categorized: boolean) {
  const streams = new Map<string, { stream: Record<string, string>; values: unknown[] }>();
  for (const entry of entries) {
    const labels = categorized ? { ...entry.labels } : labelsOf(entry);
    const key = streamKey(labels);
    const stream = streams.get(key) ?? { stream: labels, values: [] };
    streams.set(key, stream);
    stream.values.push(categorized ? categorizedValue(entry) : [String(entry.timeNs), entry.line]);
  }
  return [...streams.values()];
}

/** Values are text, as in Prometheus. */
export function matrixOf(series: readonly MetricSeries[]) {
  return series.map(({ metric, values }) => ({
    metric,
    values: values.map(([seconds, value]) => [seconds, String(value)]),
  }));
}

export function vectorOf(series: readonly MetricSeries[]) {
  return series.flatMap(({ metric, values: [value] }) =>
    value === undefined ? [] : [{ metric, value: [value[0], String(value[1])] }],
  );
}

function categorizedValue(entry: Entry) {
  const some = (fields: Readonly<Record<string, string>>) => Object.keys(fields).length > 0;
  return [
    String(entry.timeNs),
    entry.line,
    {
      ...(some(entry.metadata) ? { structuredMetadata: entry.metadata } : {}),
      ...(some(entry.parsed) ? { parsed: entry.parsed } : {}),
    },
  ];
}
