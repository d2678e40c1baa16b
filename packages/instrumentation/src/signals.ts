import { counter, gauge, rateBy, valueBy } from '@sprout/signals';

/** Kinds of telemetry that a service sends by itself; metrics are scraped. */
export const telemetryKinds = ['traces', 'logs'] as const;
export type TelemetryKind = (typeof telemetryKinds)[number];

/** Why telemetry did not arrive. */
export const dropReasons = ['queue_full', 'rejected', 'shutdown'] as const;
export type DropReason = (typeof dropReasons)[number];

/** Spans and log lines that were delivered. */
export const telemetrySent = counter('telemetry_sent_items_total', {
  help: 'Spans and log lines that the collector acknowledged.',
  labels: { signal: telemetryKinds },
  panel: rateBy('service', 'signal'),
  noAlert: 'losses are alerted on',
});

/** Spans and log lines that were lost, and why. */
export const telemetryDropped = counter('telemetry_dropped_items_total', {
  help: 'Spans and log lines that were given up: the queue was full, the collector refused them, or the process ended before they could be sent.',
  labels: { signal: telemetryKinds, reason: dropReasons },
  panel: rateBy('service', 'signal', 'reason'),
  alert: {
    name: 'TelemetryLost',
    severity: 'ticket',
    of: 'rate',
    above: 0,
    for: '5m',
    summary: '{{ $labels.service }} loses {{ $labels.signal }}: {{ $labels.reason }}',
    impact: 'Its traces and logs have gaps; requests are served as ever.',
    firstStep:
      'queue_full: is the collector up and fast enough? rejected: the log of the collector says why.',
  },
});

/** Spans and log lines that wait to be sent. */
export const telemetryQueue = gauge('telemetry_queue_items', {
  help: 'Spans and log lines that wait to be sent.',
  labels: { signal: telemetryKinds },
  panel: valueBy('service', 'signal'),
  noAlert: 'a full queue shows as lost telemetry',
});

/** The signals that every instrumented service emits about its own telemetry. */
export const instrumentationSignals = [telemetrySent, telemetryDropped, telemetryQueue];
