import { scanSpans } from '@sprout/wire';
import { pack } from './block.ts';
import { insertBlock } from './day.ts';
import type { Day } from './day.ts';

/**
 * Writes OTLP trace requests as one block and indexes it. Call it within a transaction.
 * Concatenated requests are one valid request, so the bytes are kept as they came.
 */
export function writeTraceBlock(day: Day, requests: readonly Uint8Array[], sealed: boolean): void {
  const bytes = Buffer.concat(requests);
  const summary = summarize(bytes);
  if (summary.spans === 0) return;
  const block = insertBlock(day, {
    kind: 'traces',
    sealed,
    minMs: summary.minMs,
    maxMs: summary.maxMs,
    items: summary.spans,
    rawBytes: bytes.length,
    bytes: pack(bytes),
  });
  const trace = day.sql('INSERT OR IGNORE INTO trace_block (trace, block) VALUES (?, ?)');
  for (const id of summary.traces) trace.run(Buffer.from(id, 'hex'), block);
  const service = day.sql(
    'INSERT INTO service_block (service, block, errors, max_duration_ms) VALUES (?, ?, ?, ?)',
  );
  for (const [name, of] of summary.services) service.run(name, block, of.errors, of.maxDurationMs);
}

interface Summary {
  spans: number;
  minMs: number;
  maxMs: number;
  readonly traces: Set<string>;
  readonly services: Map<string, { errors: number; maxDurationMs: number }>;
}

/** What the index needs to know of a block's spans. */
export function summarize(bytes: Uint8Array): Summary {
  const summary: Summary = {
    spans: 0,
    minMs: Number.MAX_SAFE_INTEGER,
    maxMs: 0,
    traces: new Set(),
    services: new Map(),
  };
  scanSpans(bytes, (span) => {
    const startMs = Number(span.startNs / 1_000_000n);
    summary.spans++;
    summary.minMs = Math.min(summary.minMs, startMs);
    summary.maxMs = Math.max(summary.maxMs, startMs);
    summary.traces.add(span.traceId);
    const service = summary.services.get(span.serviceName) ?? { errors: 0, maxDurationMs: 0 };
    summary.services.set(span.serviceName, service);
    if (span.statusCode === 2) service.errors++;
    service.maxDurationMs = Math.max(service.maxDurationMs, span.durationSeconds * 1000);
  });
  return summary;
}
