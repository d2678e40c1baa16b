import type { Attributes } from '../attribute/attributes.ts';

/** Something that happened at one moment within a span. */
export interface SpanEvent {
  readonly timeNs: bigint;
  readonly name: string;
  readonly attributes: Attributes;
}

/** A span this one relates to without being its child. */
export interface SpanLink {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** 0 unset, 1 ok, 2 error. */
export interface SpanStatus {
  readonly code: 0 | 1 | 2;
  readonly message: string;
}

/** One span with its resource and scope beside it, which OTLP keeps in two levels above. */
export interface Span {
  /** 32 hexadecimal digits in lower case; '' when the sender gave none. */
  readonly traceId: string;
  /** 16 hexadecimal digits in lower case; '' when the sender gave none. */
  readonly spanId: string;
  /** '' for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** Nanoseconds since 1970. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly status: SpanStatus;
  /** Shared by all spans of one sender: do not change it. */
  readonly resource: Attributes;
  /** Name of the instrumentation that made the span; '' when unknown. */
  readonly scope: string;
}

/** The `service.name` of a resource, '' when it has none. */
export function serviceNameOf(resource: Attributes): string {
  const name = resource['service.name'];
  return typeof name === 'string' ? name : '';
}
