import { counter, gauge, histogram, noPanel, quantilesBy, rateBy, valueBy } from '@sprout/signals';
import { latencyBucketsSeconds } from '@sprout/signals';
import type { Metric } from '@sprout/signals';

const owner = 'collector';
const signal = ['traces', 'logs', 'metrics'] as const;
const consumer = ['store', 'derive', 'remote-write'] as const;

/** Items (spans, log lines, samples) whose record reached the journal. */
export const receivedItems = counter('collector_received_items_total', {
  help: 'Items acknowledged: their record is on disk. Equals delivered + queued + dropped.',
  owner,
  labels: { signal },
  panel: rateBy('signal'),
  noAlert: 'how much arrives is decided by those who send',
});

export const deliveredItems = counter('collector_delivered_items_total', {
  help: 'Items a consumer has finished with.',
  owner,
  labels: { signal, consumer },
  panel: rateBy('signal', 'consumer'),
  noAlert: 'a consumer that falls behind shows as an old queue',
});

export const droppedItems = counter('collector_dropped_items_total', {
  help: 'Items a consumer gave up, by reason.',
  owner,
  labels: { signal, consumer, reason: 'any' },
  panel: rateBy('signal', 'consumer', 'reason'),
  alert: {
    name: 'CollectorDropping',
    severity: 'ticket',
    of: 'rate',
    above: 0,
    for: '1m',
    summary:
      'the collector drops {{ $labels.signal }} of {{ $labels.consumer }}: {{ $labels.reason }}',
    impact:
      'It is lost to {{ $labels.consumer }} for good: later searches and charts have a gap there.',
    firstStep:
      'Since when does collector_queue_age_seconds of that consumer grow, and what does it wait for?',
  },
});

export const queuedItems = gauge('collector_queued_items', {
  help: 'Items in the journal that a consumer has not passed yet.',
  owner,
  labels: { signal, consumer },
  panel: valueBy('signal', 'consumer'),
  noAlert: 'a long queue that moves is fine; an old one is not',
});

export const queueAge = gauge('collector_queue_age_seconds', {
  help: 'Age of the oldest record a consumer has not finished; 0 when it has none.',
  owner,
  unit: 'seconds',
  labels: { signal, consumer },
  panel: valueBy('signal', 'consumer'),
  alert: {
    name: 'CollectorQueueOld',
    severity: 'ticket',
    of: 'value',
    above: 120,
    for: '1m',
    summary:
      '{{ $labels.signal }} wait for {{ $labels.consumer }} in the journal for over two minutes',
    impact:
      'What {{ $labels.consumer }} feeds is as late. Nothing is lost until the journal is full.',
    firstStep:
      'Does the age fall? Then it catches up. Else: is Prometheus up (remote-write), is the disk slow (store)?',
  },
});

export const journalBytes = gauge('collector_journal_bytes', {
  help: 'Bytes the journal of a signal holds on disk.',
  owner,
  unit: 'bytes',
  labels: { signal },
  panel: valueBy('signal'),
  noAlert: 'a full journal refuses requests, which is alerted on',
});

/** Requests by receiver and HTTP status code. */
export const requests = counter('collector_requests_total', {
  help: 'Requests with telemetry, by receiver and status code.',
  owner,
  labels: { receiver: ['otlp', 'loki', 'remote_write', 'zipkin'], code: 'any' },
  panel: rateBy('receiver', 'code'),
  noAlert: 'refusals are alerted on by their own counter',
});

export const refusedRequests = counter('collector_refused_requests_total', {
  help: 'Requests that were not taken although they may be right; senders keep and retry them.',
  owner,
  labels: { reason: ['journal_full', 'busy', 'disk'] },
  panel: rateBy('reason'),
  alert: {
    name: 'CollectorRefusing',
    severity: 'ticket',
    of: 'rate',
    above: 0,
    for: '1m',
    summary: 'the collector refuses telemetry: {{ $labels.reason }}',
    impact: 'Services keep and repeat what was refused; when their queues are full it is lost.',
    firstStep:
      'disk: df -h .sprout. journal_full: which consumer is old, on the board Collector? busy: who sends so much?',
  },
});

export const requestDuration = histogram('collector_request_duration_seconds', {
  help: 'Time from the arrival of a request with telemetry to its acknowledgement.',
  owner,
  unit: 'seconds',
  labels: { receiver: ['otlp', 'loki', 'remote_write', 'zipkin'] },
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('receiver'),
  noAlert: 'senders buffer; a collector that takes nothing is alerted on',
});

export const redactedItems = counter('collector_redacted_values_total', {
  help: 'Values replaced by [redacted] before anything was written.',
  owner,
  labels: { signal: ['traces', 'logs'] },
  panel: rateBy('signal'),
  noAlert: 'redaction is working as intended',
});

export const limit = gauge('collector_limit', {
  help: 'Limits of the collector by name; the unit is the end of the name.',
  owner,
  labels: { limit: 'any' },
  panel: noPanel(),
  noAlert: 'a constant of the configuration',
});

export const storeBytes = gauge('collector_store_bytes', {
  help: 'Bytes the local store of logs and traces holds on disk.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'retention keeps it below its limit',
});

export const derivedSeries = gauge('collector_derived_series', {
  help: 'Series derived from spans and log lines.',
  owner,
  panel: valueBy(),
  alert: {
    name: 'CardinalityJump',
    severity: 'ticket',
    of: 'value',
    against: { ago: '1d' },
    atLeast: 500,
    above: 2,
    for: '15m',
    summary: 'twice as many series are derived as a day ago',
    impact: 'Metrics cost more memory and money; at the limit, series are lumped together.',
    firstStep: 'List the span names by count: an identifier in a name makes a series each.',
  },
});

export const derivedOverflow = counter('collector_derived_overflow_total', {
  help: 'Observations counted under span_name="overflow" because the series limit was reached.',
  owner,
  panel: rateBy(),
  alert: {
    name: 'CollectorSeriesCapped',
    severity: 'ticket',
    of: 'rate',
    above: 0,
    for: '5m',
    summary: 'span names grow without bound: metrics derived from spans are lumped together',
    impact:
      'The service map and span metrics show the newest operations as one; promises do not use them.',
    firstStep:
      'topk(20, count by (span_service, span_name) (traces_span_requests_total)): which names hold ids?',
  },
});

export const scrapeFailures = counter('collector_scrape_failures_total', {
  help: 'Scrapes that failed, by reason.',
  owner,
  labels: {
    reason: [
      'no_address',
      'timeout',
      'connection',
      'status',
      'body_limit',
      'sample_limit',
      'parse',
    ],
  },
  panel: rateBy('reason'),
  noAlert: 'TargetDown names the target',
});

export const scrapesLost = counter('collector_scrapes_lost_total', {
  help: 'Scrapes whose samples the metrics journal did not take.',
  owner,
  panel: rateBy(),
  alert: {
    name: 'CollectorScrapesLost',
    severity: 'ticket',
    of: 'rate',
    above: 0,
    for: '1m',
    summary: 'the metrics journal takes no samples; metrics have a gap',
    impact: 'In the gap alerts are silent, and its minutes count as unmeasured, not as good.',
    firstStep:
      'df -h .sprout: is the disk full? If not, is Prometheus away, so that the journal filled up?',
  },
});

export const remoteWriteRetries = counter('collector_remote_write_retries_total', {
  help: 'Remote writes that failed and are sent again, by status code or error.',
  owner,
  labels: { reason: 'any' },
  panel: rateBy('reason'),
  noAlert: 'a remote write that stays away shows as an old queue',
});

/** Calls seen in spans; services own http_server_request_duration_seconds, these feed no SLI. */
export const spanRequests = counter('traces_span_requests_total', {
  help: 'Spans by service, name, kind and status.',
  owner,
  labels: {
    span_service: 'any',
    span_name: 'any',
    span_kind: ['internal', 'server', 'client', 'producer', 'consumer'],
    status: ['unset', 'ok', 'error'],
  },
  panel: rateBy('span_service', 'status'),
  noAlert: 'derived from spans; what users feel is covered by objectives',
});

export const spanDuration = histogram('traces_span_duration_seconds', {
  help: 'Duration of spans by service, name, kind and status.',
  owner,
  unit: 'seconds',
  labels: spanRequests.labels,
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('span_service'),
  noAlert: 'derived from spans; what users feel is covered by objectives',
});

export const serviceGraphRequests = counter('traces_service_graph_requests_total', {
  help: 'Calls from one service to another, as pairs of client and server spans show them.',
  owner,
  labels: { client: 'any', server: 'any' },
  panel: rateBy('client', 'server'),
  noAlert: 'derived from spans; what users feel is covered by objectives',
});

export const serviceGraphFailed = counter('traces_service_graph_request_failed_total', {
  help: 'Calls from one service to another that failed, as either side says.',
  owner,
  labels: serviceGraphRequests.labels,
  panel: rateBy('client', 'server'),
  noAlert: 'derived from spans; what users feel is covered by objectives',
});

export const serviceGraphDuration = histogram('traces_service_graph_request_client_seconds', {
  help: 'Duration of calls from one service to another, as the caller saw them.',
  owner,
  unit: 'seconds',
  labels: serviceGraphRequests.labels,
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('client', 'server'),
  noAlert: 'derived from spans; what users feel is covered by objectives',
});

/** Every signal that the collector emits about itself and derives from what it receives. */
export const collectorSignals: readonly Metric[] = [
  receivedItems,
  deliveredItems,
  droppedItems,
  queuedItems,
  queueAge,
  journalBytes,
  requests,
  refusedRequests,
  requestDuration,
  redactedItems,
  limit,
  storeBytes,
  derivedSeries,
  derivedOverflow,
  scrapeFailures,
  scrapesLost,
  remoteWriteRetries,
  spanRequests,
  spanDuration,
  serviceGraphRequests,
  serviceGraphFailed,
  serviceGraphDuration,
];
