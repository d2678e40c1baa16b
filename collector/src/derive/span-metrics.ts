import {
  serviceGraphDuration,
  serviceGraphFailed,
  serviceGraphRequests,
  spanDuration,
  spanRequests,
} from '../signals.ts';
import { bindCounter, bindHistogram } from '../metrics/bind.ts';
import type { CollectorMetrics } from '../metrics/collector-metrics.ts';
import { createServiceGraph } from './service-graph.ts';
import type { ScannedSpan } from '@sprout/wire';

/** Series that one label set of spans makes: the counter, the buckets with +Inf, sum and count. */
const seriesPerLabelSet = 1 + spanDuration.buckets.length + 1 + 2;

/** The same of a call between services, which has one counter more. */
const seriesPerEdge = 2 + serviceGraphDuration.buckets.length + 1 + 2;

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const statuses = ['unset', 'ok', 'error'] as const;

/** Counts a span and, when it completes a pair, the call from service to service. */
export type ObserveSpan = (span: ScannedSpan) => void;

/**
 * Requests, errors and durations from spans. Label sets beyond `seriesMax` are lumped together
 * under the name `overflow`, so that names without bound cost neither memory nor Prometheus.
 */
export function createSpanMetrics(metrics: CollectorMetrics, seriesMax: number): ObserveSpan {
  const requests = bindCounter(metrics.registry, spanRequests);
  const duration = bindHistogram(metrics.registry, spanDuration, { exemplars: true });
  const calls = bindCounter(metrics.registry, serviceGraphRequests);
  const failures = bindCounter(metrics.registry, serviceGraphFailed);
  const waits = bindHistogram(metrics.registry, serviceGraphDuration);
  const labelSets = new Map<string, SpanLabels>();
  const edges = new Map<string, { client: string; server: string }>();
  let series = 0;
  const admit = (more: number): boolean => {
    if (series + more > seriesMax) {
      metrics.derivedOverflow.inc();
      return false;
    }
    series += more;
    metrics.derivedSeries.set(series);
    return true;
  };
  const labelsOf = (span: ScannedSpan): SpanLabels => {
    const key = `${span.serviceName}\n${span.name}\n${span.kind}\n${span.statusCode}`;
    const known = labelSets.get(key);
    if (known) return known;
    const labels = spanLabels(span, span.serviceName, span.name);
    if (!admit(seriesPerLabelSet)) return spanLabels(span, 'overflow', 'overflow');
    labelSets.set(key, labels);
    return labels;
  };
  const observeEdge = createServiceGraph(({ client, server, failed, durationSeconds }) => {
    const key = `${client}\n${server}`;
    const known = edges.get(key);
    if (known === undefined && !admit(seriesPerEdge)) return;
    const labels = known ?? { client, server };
    edges.set(key, labels);
    calls.inc(labels);
    failures.inc(labels, failed ? 1 : 0);
    waits.observe(labels, durationSeconds);
  });
  return (span) => {
    const labels = labelsOf(span);
    requests.inc(labels);
    duration.observe({
      labels,
      value: span.durationSeconds,
      exemplarLabels: { trace_id: span.traceId, span_id: span.spanId },
    });
    observeEdge(span);
  };
}

type SpanLabels = Record<'span_service' | 'span_name' | 'span_kind' | 'status', string>;

function spanLabels(span: ScannedSpan, service: string, name: string): SpanLabels {
  return {
    span_service: service,
    span_name: name,
    span_kind: kinds[span.kind] ?? 'internal',
    status: statuses[span.statusCode],
  };
}
