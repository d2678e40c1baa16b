import type { Attributes } from '../attribute/attributes.ts';

/** One log line with its resource beside it. */
export interface LogRecord {
  /** When it happened, nanoseconds since 1970; 0 when unknown. */
  readonly timeNs: bigint;
  /** When it was collected; 0 when unknown. */
  readonly observedNs: bigint;
  /** As the sender wrote it, for example `info`; '' when unknown. */
  readonly severityText: string;
  /** OpenTelemetry's 1..24; 0 when unknown. */
  readonly severityNumber: number;
  /** The line; structured bodies are given as JSON. */
  readonly body: string;
  readonly attributes: Attributes;
  /** 32 hexadecimal digits, '' when the record belongs to no trace. */
  readonly traceId: string;
  /** 16 hexadecimal digits or ''. */
  readonly spanId: string;
  /** Shared by all records of one sender: do not change it. */
  readonly resource: Attributes;
}
