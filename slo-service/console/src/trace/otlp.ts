/** The parts of an OTLP JSON trace that are drawn; anything may be missing. */
export interface OtlpTrace {
  readonly batches?: readonly OtlpResourceSpans[];
  readonly resourceSpans?: readonly OtlpResourceSpans[];
  readonly trace?: OtlpTrace;
}

interface OtlpResourceSpans {
  readonly resource?: { readonly attributes?: readonly OtlpAttribute[] };
  readonly scopeSpans?: readonly { readonly spans?: readonly OtlpSpan[] }[];
}

interface OtlpSpan {
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name?: string;
  readonly kind?: number | string;
  readonly startTimeUnixNano: string | number;
  readonly endTimeUnixNano?: string | number;
  readonly attributes?: readonly OtlpAttribute[];
  readonly status?: { readonly code?: number | string; readonly message?: string };
  readonly events?: readonly {
    readonly name?: string;
    readonly timeUnixNano?: string | number;
    readonly attributes?: readonly OtlpAttribute[];
  }[];
}

interface OtlpAttribute {
  readonly key: string;
  readonly value?: unknown;
}

/** A span as the page draws it; times are milliseconds of the epoch, with fractions. */
export interface Span {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: readonly Attribute[];
  readonly resource: readonly Attribute[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
}

export type Attribute = readonly [key: string, value: string];

/** Reads the spans of an OTLP JSON trace, in any of the three envelopes that are in use. */
export function readSpans(trace: OtlpTrace): readonly Span[] {
  const batches = trace.batches ?? trace.resourceSpans ?? [];
  if (batches.length === 0 && trace.trace) return readSpans(trace.trace);
  return batches.flatMap((batch) => {
    const resource = attributesOf(batch.resource?.attributes);
    const spans = (batch.scopeSpans ?? []).flatMap((scope) => scope.spans ?? []);
    return spans.map((span) => readSpan(span, resource));
  });
}

function readSpan(span: OtlpSpan, resource: readonly Attribute[]): Span {
  const start = BigInt(span.startTimeUnixNano);
  const end = BigInt(span.endTimeUnixNano ?? span.startTimeUnixNano);
  const message = span.status?.message;
  return {
    id: span.spanId,
    parentId: span.parentSpanId === '' ? undefined : span.parentSpanId,
    service: resource.find(([key]) => key === 'service.name')?.[1] ?? '?',
    name: span.name ?? '?',
    kind: kindOf(span.kind),
    startMs: milliseconds(start),
    durationMs: milliseconds(end - start),
    failed: span.status?.code === 2 || span.status?.code === 'STATUS_CODE_ERROR',
    attributes: [
      ...attributesOf(span.attributes),
      ...(message ? [['status.message', message] as const] : []),
    ],
    resource,
    events: (span.events ?? []).map((event) => ({
      name: event.name ?? '?',
      attributes: attributesOf(event.attributes),
    })),
  };
}

const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

function kindOf(kind: number | string | undefined): string {
  if (typeof kind === 'string') return kind.replace('SPAN_KIND_', '').toLowerCase();
  return kinds[kind ?? 0] ?? 'unspecified';
}

/** Nanoseconds of the epoch do not fit a double; microseconds do. */
function milliseconds(nanos: bigint): number {
  return Number(nanos / 1000n) / 1000;
}

function attributesOf(attributes: readonly OtlpAttribute[] | undefined): readonly Attribute[] {
  return (attributes ?? []).map(({ key, value }) => [key, textOf(value)] as const);
}

/** `{"stringValue": "x"}` and its kin hold exactly one value. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const inner: unknown = Object.values(value)[0];
  return typeof inner === 'object' ? JSON.stringify(inner) : String(inner ?? '');
}
