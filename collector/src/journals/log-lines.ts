import { attributeText, decodeLogs, lokiStreamOf } from '@sprout/wire';
import type { LogRecord } from '@sprout/wire';
import type { LogLine } from '../store/log-line.ts';

/** The lines of canonical OTLP logs, each with its Loki stream. */
export function logLinesOf(bytes: Uint8Array, nowMs: number): LogLine[] {
  return decodeLogs(bytes).map((record) => ({
    labels: lokiStreamOf(record),
    timeNs: record.timeNs || record.observedNs || BigInt(nowMs) * 1_000_000n,
    line: record.body,
    metadata: metadataOf(record),
  }));
}

/** Attributes as structured metadata; the trace of a line is always `trace_id`. */
function metadataOf(record: LogRecord): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(record.attributes)) {
    metadata[key.replace(/[^a-zA-Z0-9_]/g, '_')] = attributeText(value);
  }
  if (record.traceId !== '') metadata['trace_id'] = record.traceId;
  if (record.spanId !== '') metadata['span_id'] = record.spanId;
  return metadata;
}
