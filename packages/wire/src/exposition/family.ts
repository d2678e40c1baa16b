import type { Labels } from '../series/time-series.ts';

/** Types of both text formats. */
export type MetricType =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'summary'
  | 'untyped'
  | 'unknown'
  | 'info'
  | 'stateset'
  | 'gaugehistogram';

/** One observation that stands for its bucket or counter. */
export interface Exemplar {
  readonly labels: Labels;
  readonly value: number;
  /** Milliseconds since 1970; absent when the target gave none. */
  readonly timestampMs?: number;
}

/** One line of a scrape. */
export interface MetricSample {
  /** The full name, with `_total`, `_bucket`, `_sum` or `_count`. */
  readonly name: string;
  /** In the order of the text, without `__name__`. */
  readonly labels: Labels;
  readonly value: number;
  /** Milliseconds since 1970; absent when the target gave none. */
  readonly timestampMs?: number;
  readonly exemplar?: Exemplar;
}

/** The lines of one metric. */
export interface MetricFamily {
  /** As in `# TYPE`: in OpenMetrics without `_total`. */
  readonly name: string;
  readonly type: MetricType;
  readonly help: string;
  readonly unit: string;
  readonly samples: readonly MetricSample[];
}
