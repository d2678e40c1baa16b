export { countOf, named, pick, sumOf } from './series.ts';
export type { CounterSeries, GaugeSeries, HistogramSeries, LabelOf } from './series.ts';
export * from './vector.ts';
