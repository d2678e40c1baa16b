import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import type { Tracing } from './tracing.ts';

/** Header names and values of a message. */
export type Carrier = Record<string, string>;

/** How a span made by hand looks. */
export interface SpanOptions {
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes?: Attributes;
}

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Runs `run` inside a span; an error marks the span and is thrown on. */
export async function inSpan<T>(
  { tracer }: Tracing,
  name: string,
  { kind = 'internal', attributes = {} }: SpanOptions,
  run: () => Promise<T>,
): Promise<T> {
  const span = tracer.startSpan(name, { kind: kinds[kind], attributes });
  try {
    return await context.with(trace.setSpan(context.active(), span), run);
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** Writes the current trace into a message's headers. */
export function injectInto(carrier: Carrier): void {
  propagation.inject(context.active(), carrier);
}

/** Runs `run` as part of the trace that a message's headers name. */
export function extractFrom<T>(carrier: Carrier, run: () => Promise<T>): Promise<T> {
  return context.with(propagation.extract(ROOT_CONTEXT, carrier), run);
}
