import type { TextMapPropagator } from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';

/** W3C trace context and baggage, B3 in one header and B3 in several, both ways. */
export function createPropagator(): TextMapPropagator {
  return new CompositePropagator({
    propagators: [
      new W3CBaggagePropagator(),
      new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
      new B3Propagator({ injectEncoding: B3InjectEncoding.SINGLE_HEADER }),
      // The last that finds a parent wins, so the standard one stands at the end.
      new W3CTraceContextPropagator(),
    ],
  });
}

/** Whether headers carry any context; most requests from outside carry none. */
export function carriesContext(headers: Readonly<Record<string, unknown>>): boolean {
  return (
    headers['traceparent'] !== undefined ||
    headers['b3'] !== undefined ||
    headers['x-b3-traceid'] !== undefined ||
    headers['x-b3-sampled'] !== undefined ||
    headers['baggage'] !== undefined
  );
}
