import { JournalError, JournalFullError } from '@sprout/journal';
import type { OtlpSignal } from '@sprout/wire';
import { RequestError } from '../http/request-error.ts';
import type { CollectorMetrics } from '../metrics/collector-metrics.ts';
import type { Redaction } from '../redaction/redact.ts';
import type { Journals } from './journals.ts';

/** Telemetry in its canonical encoding: OTLP protobuf, or remote-write protobuf for metrics. */
export interface Canonical {
  readonly bytes: Uint8Array;
  /** Spans, log records or samples. */
  readonly items: number;
}

/** The one way into the journals. */
export interface Ingest {
  /**
   * Redacts and appends; resolves once the record is on disk.
   * Throws RequestError 503 with Retry-After when the journal is full or the disk refuses, 413 when
   * the record is too large.
   */
  append(signal: OtlpSignal, canonical: Canonical): Promise<void>;
}

/** Seconds after which a sender should try again. */
const retryAfterSeconds = 5;

export function createIngest(
  journals: Journals,
  redaction: Redaction,
  metrics: CollectorMetrics,
): Ingest {
  const clean = (signal: OtlpSignal, bytes: Uint8Array): Uint8Array => {
    if (signal === 'metrics') return bytes;
    const result = redaction[signal](bytes);
    if (result.replaced > 0) metrics.redacted.inc({ signal }, result.replaced);
    return result.bytes;
  };
  return {
    append: async (signal, { bytes, items }) => {
      if (items === 0) return;
      const cleaned = clean(signal, bytes);
      try {
        await journals[signal].append(cleaned, items);
      } catch (cause) {
        throw refusal(signal, cause);
      }
    },
  };
}

function refusal(signal: OtlpSignal, cause: unknown): RequestError {
  if (cause instanceof JournalError && cause.code === 'JOURNAL_RECORD_TOO_LARGE') {
    return new RequestError(413, cause.message, { cause });
  }
  const full = cause instanceof JournalFullError;
  const message = full ? `the ${signal} journal is full` : `${signal} cannot be written to disk`;
  return new RequestError(503, message, {
    cause,
    retryAfterSeconds,
    reason: full ? 'journal_full' : 'disk',
  });
}
