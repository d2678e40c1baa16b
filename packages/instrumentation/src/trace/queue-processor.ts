import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { BatchQueue } from '../delivery/batch-queue.ts';

/**
 * Hands finished spans to a bounded queue. The SDK's BatchSpanProcessor loses a batch when its
 * export fails and does not say how many spans it dropped; this one keeps and counts them.
 */
export function createQueueProcessor(queue: BatchQueue<ReadableSpan>): SpanProcessor {
  return {
    onStart() {},
    onEnd(span) {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) queue.push(span);
    },
    async forceFlush() {
      await queue.flush(flushTimeoutMs);
    },
    shutdown: () => queue.close(flushTimeoutMs),
  };
}

const flushTimeoutMs = 3000;
