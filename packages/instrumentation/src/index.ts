export { observe } from './observe.ts';
export type { Observability, ObserveOptions } from './observe.ts';
export type { Endpoints } from './endpoints.ts';
export type { Health, Readiness } from './health.ts';
export type {
  Bind,
  BoundCounter,
  BoundGauge,
  BoundHistogram,
  Exemplar,
  LabelArguments,
} from './metric/metrics.ts';
export { heapLimitBytes } from './metric/heap-limit.ts';
export type { Carrier, SpanOptions } from './trace/carrier.ts';
export type { TraceProtocol } from './trace/span-sender.ts';
export { instrumentationSignals } from './signals.ts';
