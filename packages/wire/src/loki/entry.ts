import { attributeText } from '../attribute/attributes.ts';
import type { Attributes } from '../attribute/attributes.ts';
import type { LogRecord } from '../log/record.ts';
import { severityNumberOf } from '../log/severity.ts';

/** One line of a Loki push, whichever encoding it came in. */
export interface LokiEntry {
  readonly timeNs: bigint;
  readonly line: string;
  readonly metadata: Attributes;
}

/** The record of one pushed line. The trace is taken from structured metadata, else from the line. */
export function recordFromLoki(entry: LokiEntry, resource: Attributes): LogRecord {
  const severityText = attributeText(resource['level'] ?? entry.metadata['level']);
  return {
    timeNs: entry.timeNs,
    observedNs: 0n,
    severityText,
    severityNumber: severityNumberOf(severityText),
    body: entry.line,
    attributes: entry.metadata,
    traceId: idIn(entry, traceKeys, traceInLine, 32),
    spanId: idIn(entry, spanKeys, spanInLine, 16),
    resource,
  };
}

const traceKeys = ['trace_id', 'traceId', 'traceID'];
const spanKeys = ['span_id', 'spanId', 'spanID'];
// Matches JSON and logfmt alike, also JSON that follows a message as winston-loki writes it.
const traceInLine = /\btrace_?id"?\s{0,4}[:=]\s{0,4}"?([0-9a-f]{32}|[0-9a-f]{16})\b/i;
const spanInLine = /\bspan_?id"?\s{0,4}[:=]\s{0,4}"?([0-9a-f]{16})\b/i;
const hex = /^([0-9a-f]{32}|[0-9a-f]{16})$/i;

function idIn(entry: LokiEntry, keys: readonly string[], pattern: RegExp, digits: number): string {
  for (const key of keys) {
    const text = attributeText(entry.metadata[key]);
    if (hex.test(text) && text.length <= digits) return text.toLowerCase().padStart(digits, '0');
  }
  const found = pattern.exec(entry.line)?.[1];
  return found === undefined ? '' : found.toLowerCase().padStart(digits, '0');
}
