import { attributeText } from '../attribute/attributes.ts';
import type { Attributes } from '../attribute/attributes.ts';
import { sortedLabels } from '../series/time-series.ts';
import type { Labels, Sample, SeriesExemplar, TimeSeries } from '../series/time-series.ts';
import { decodeMetrics } from './decode.ts';
import { metricsFromJson } from './json.ts';
import { prometheusLabel, prometheusName } from './name.ts';
import type { OtlpExemplar, OtlpMetric, OtlpPoint } from './otlp-metric.ts';

/** What an OTLP metrics request became. */
export interface OtlpSeries {
  readonly series: TimeSeries[];
  /** Data points that are in `series`. */
  readonly accepted: number;
  /** Data points that are not. */
  readonly rejected: number;
  /** Why, for `partial_success.error_message`; '' when nothing was rejected. */
  readonly reason: string;
}

/** At most this many different reasons are named in one answer. */
export const rejectionReasonsMax = 5;

/** A histogram with more bounds than this is rejected: each bound is a series. */
export const bucketBoundsMax = 1000;

/**
 * Translates an OTLP `ExportMetricsServiceRequest` (its bytes, or its parsed JSON) to Prometheus
 * series. Sums, gauges and classic histograms of cumulative temporality are taken; delta temporality,
 * exponential histograms and summaries are rejected by name.
 *
 * @throws WireError when the request cannot be decoded.
 */
export function otlpMetricsToSeries(request: unknown): OtlpSeries {
  const metrics = request instanceof Uint8Array ? decodeMetrics(request) : metricsFromJson(request);
  const series: TimeSeries[] = [];
  const reasons = new Set<string>();
  let accepted = 0;
  let rejected = 0;
  for (const metric of metrics) {
    for (const point of metric.points) {
      const reason = rejectionOf(metric, point);
      if (reason === undefined) {
        series.push(...seriesOfPoint(metric, point));
        accepted++;
      } else {
        rejected++;
        if (reasons.size < rejectionReasonsMax) reasons.add(`${metric.name}: ${reason}`);
      }
    }
  }
  return { series, accepted, rejected, reason: [...reasons].join('; ') };
}

function rejectionOf(metric: OtlpMetric, point: OtlpPoint): string | undefined {
  switch (metric.kind) {
    case 'gauge':
      return undefined;
    case 'sum':
      return rejectedTemporality(metric);
    case 'histogram':
      return rejectedTemporality(metric) ?? rejectedBuckets(point);
    case 'exponentialHistogram':
      return 'exponential histograms are not supported, use explicit buckets';
    case 'summary':
      return 'summaries are not supported, use a histogram';
    default:
      return 'the metric has no data of a known kind';
  }
}

function rejectedTemporality(metric: OtlpMetric): string | undefined {
  return metric.temporality === 2 ? undefined : 'only cumulative temporality is supported';
}

function rejectedBuckets(point: OtlpPoint): string | undefined {
  const { bucketCounts, bounds } = point;
  if (bounds.length > bucketBoundsMax) return `more than ${bucketBoundsMax} bucket bounds`;
  const absent = bucketCounts.length === 0 && bounds.length === 0;
  if (!absent && bucketCounts.length !== bounds.length + 1) {
    return `${bucketCounts.length} buckets do not fit ${bounds.length} bounds`;
  }
  const rising = bounds.every(
    (bound, index) => index === 0 || bound > (bounds[index - 1] ?? bound),
  );
  return rising ? undefined : 'bucket bounds must rise';
}

function seriesOfPoint(metric: OtlpMetric, point: OtlpPoint): TimeSeries[] {
  const name = prometheusName(metric);
  if (metric.kind === 'histogram') return histogramSeries(name, metric, point);
  const exemplars = point.exemplars.map(exemplarOf);
  return [
    {
      labels: labelsOf(name, metric.resource, point.attributes),
      samples: [sampleOf(point, point.value)],
      ...(exemplars.length === 0 || !metric.monotonic ? {} : { exemplars }),
    },
  ];
}

function histogramSeries(name: string, metric: OtlpMetric, point: OtlpPoint): TimeSeries[] {
  const { resource } = metric;
  const { attributes, bounds } = point;
  const series: TimeSeries[] = [];
  let cumulative = 0;
  let lowerBound = -Infinity;
  for (const [index, bound] of [...bounds, Infinity].entries()) {
    cumulative += point.bucketCounts[index] ?? 0;
    const exemplars = exemplarsWithin(point, lowerBound, bound);
    series.push({
      labels: labelsOf(`${name}_bucket`, resource, attributes, ['le', boundText(bound)]),
      samples: [sampleOf(point, bound === Infinity ? point.count : cumulative)],
      ...(exemplars.length === 0 ? {} : { exemplars }),
    });
    lowerBound = bound;
  }
  series.push({
    labels: labelsOf(`${name}_count`, resource, attributes),
    samples: [sampleOf(point, point.count)],
  });
  if (point.sum !== undefined) {
    series.push({
      labels: labelsOf(`${name}_sum`, resource, attributes),
      samples: [sampleOf(point, point.sum)],
    });
  }
  return series;
}

function exemplarsWithin(point: OtlpPoint, lower: number, upper: number): SeriesExemplar[] {
  return point.exemplars.filter(({ value }) => value > lower && value <= upper).map(exemplarOf);
}

function boundText(bound: number): string {
  return bound === Infinity ? '+Inf' : String(bound);
}

function sampleOf(point: OtlpPoint, value: number): Sample {
  const timestampMs = milliseconds(point.timeNs);
  return point.flags & 1 ? { value: Number.NaN, timestampMs, stale: true } : { value, timestampMs };
}

function exemplarOf(exemplar: OtlpExemplar): SeriesExemplar {
  const labels = new Map<string, string>();
  for (const [key, value] of Object.entries(exemplar.attributes)) {
    labels.set(prometheusLabel(key), attributeText(value));
  }
  labels.set('trace_id', exemplar.traceId);
  labels.set('span_id', exemplar.spanId);
  return {
    labels: sortedLabels(labels),
    value: exemplar.value,
    timestampMs: milliseconds(exemplar.timeNs),
  };
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n);
}

/** Point attributes, then what the resource is known by; two keys of one name join with `;`, as in Prometheus. */
function labelsOf(
  name: string,
  resource: Attributes,
  attributes: Attributes,
  extra?: readonly [string, string],
): Labels {
  const labels = new Map<string, string>();
  for (const [key, value] of Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const label = prometheusLabel(key);
    const before = labels.get(label);
    const text = attributeText(value);
    labels.set(label, before === undefined ? text : `${before};${text}`);
  }
  const service = attributeText(resource['service.name']);
  const namespace = attributeText(resource['service.namespace']);
  setPresent(labels, 'service', service);
  setPresent(labels, 'job', namespace === '' ? service : `${namespace}/${service}`);
  setPresent(labels, 'instance', attributeText(resource['service.instance.id']));
  if (extra) labels.set(...extra);
  labels.set('__name__', name);
  return sortedLabels(labels);
}

function setPresent(labels: Map<string, string>, name: string, value: string): void {
  if (value !== '') labels.set(name, value);
}
