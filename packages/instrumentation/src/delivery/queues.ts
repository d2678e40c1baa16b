import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { createLokiSender } from '../log/loki-sender.ts';
import type { LogLine } from '../log/loki-sender.ts';
import type { Metrics } from '../metric/metrics.ts';
import { telemetryDropped, telemetryQueue, telemetrySent } from '../signals.ts';
import type { TelemetryKind } from '../signals.ts';
import { createSpanSender } from '../trace/span-sender.ts';
import type { TraceProtocol } from '../trace/span-sender.ts';
import type { Endpoints } from '../endpoints.ts';
import { BatchQueue } from './batch-queue.ts';

/** Bounds of the two queues; a span takes about 2 kB of memory, a line about 0.5 kB. */
export const limits = {
  spansMax: 8192,
  spansPerBatch: 512,
  linesMax: 8192,
  linesPerBatch: 1000,
  delayMs: 1000,
  retryMs: 1000,
  sendTimeoutMs: 6000,
} as const;

/** The queues in front of the collector, and a listener that keeps their size in the metrics. */
export interface Queues {
  readonly spans: BatchQueue<ReadableSpan>;
  readonly lines: BatchQueue<LogLine>;
  /** Writes the sizes into the metrics. */
  measure(): void;
}

export interface QueuesOptions {
  readonly service: string;
  readonly traceProtocol: TraceProtocol;
  readonly endpoints: () => Endpoints;
  readonly delayMs: number;
}

export function createQueues(options: QueuesOptions, metrics: Metrics): Queues {
  const { service, traceProtocol, endpoints, delayMs } = options;
  const { retryMs, sendTimeoutMs } = limits;
  const sent = metrics.bind(telemetrySent);
  const dropped = metrics.bind(telemetryDropped);
  const size = metrics.bind(telemetryQueue);
  const common = (signal: TelemetryKind) => ({
    delayMs,
    retryMs,
    sendTimeoutMs,
    onSent: (count: number) => sent.inc({ signal }, count),
    onDropped: (reason: 'queue_full' | 'rejected' | 'shutdown', count: number) =>
      dropped.inc({ signal, reason }, count),
  });
  const spans = new BatchQueue<ReadableSpan>({
    ...common('traces'),
    send: createSpanSender(traceProtocol, endpoints),
    itemsMax: limits.spansMax,
    batchItemsMax: limits.spansPerBatch,
  });
  const lines = new BatchQueue<LogLine>({
    ...common('logs'),
    send: createLokiSender(service, endpoints),
    itemsMax: limits.linesMax,
    batchItemsMax: limits.linesPerBatch,
  });
  return {
    spans,
    lines,
    measure() {
      size.set({ signal: 'traces' }, spans.size);
      size.set({ signal: 'logs' }, lines.size);
    },
  };
}
