import { ProtoWriter } from '../protobuf/writer.ts';
import type { JsonObject } from '../json/fields.ts';

/** What was not taken of a request that was otherwise accepted; senders do not retry it. */
export interface PartialSuccess {
  /** Spans, log records or data points. */
  readonly rejected: number;
  readonly message: string;
}

/** The three OTLP signals; their responses differ in JSON field names only. */
export type OtlpSignal = 'traces' | 'logs' | 'metrics';

/** Encodes an `Export{Trace,Logs,Metrics}ServiceResponse`; full success is the empty message. */
export function encodeExportResponse(partial?: PartialSuccess): Uint8Array {
  const writer = new ProtoWriter();
  if (partial) {
    writer.message(10, () => {
      if (partial.rejected !== 0) writer.int64(8, partial.rejected);
      if (partial.message !== '') writer.string(18, partial.message);
    });
  }
  return writer.finish();
}

/** The same response as OTLP/JSON. */
export function exportResponseToJson(signal: OtlpSignal, partial?: PartialSuccess): JsonObject {
  if (!partial) return {};
  const rejectedField = {
    traces: 'rejectedSpans',
    logs: 'rejectedLogRecords',
    metrics: 'rejectedDataPoints',
  }[signal];
  return {
    partialSuccess: { [rejectedField]: String(partial.rejected), errorMessage: partial.message },
  };
}
