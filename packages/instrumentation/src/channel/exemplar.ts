import { TraceFlags } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type { Exemplar } from '../metric/metrics.ts';

/** The span as an exemplar; undefined when it is not sampled, for nobody could look it up. */
export function exemplarOf(span: Span | undefined): Exemplar | undefined {
  const spanContext = span?.spanContext();
  if (spanContext === undefined) return undefined;
  return (spanContext.traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : spanContext;
}
