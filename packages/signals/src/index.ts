export { counter, gauge, histogram, logSignal } from './signal.ts';
export type {
  CounterSignal,
  GaugeSignal,
  HistogramSignal,
  LogSignal,
  Metric,
  Signal,
} from './signal.ts';
export type { LabelSpec, LabelValues } from './label.ts';
export type {
  CounterSelection,
  GaugeSelection,
  HistogramSelection,
  Matcher,
  TargetLabel,
  Wanted,
  Where,
} from './selection.ts';
export { heatmap, noPanel, quantilesBy, rateBy, valueBy } from './panel-hint.ts';
export type { PanelHint } from './panel-hint.ts';
export { alertLooks } from './alert-hint.ts';
export type { AlertAgainst, AlertHint, AlertLook, HintWhere } from './alert-hint.ts';
export { latencyBucketsSeconds } from './buckets.ts';
export { alertsOf, counterSelectionSchema, signalSchema } from './schema.ts';
export type { CompiledAlertHint, CompiledSignal } from './schema.ts';
export { metricReference } from './reference.ts';
export type { WaitingSignals } from './reference.ts';
