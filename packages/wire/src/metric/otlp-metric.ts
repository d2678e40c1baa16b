import type { Attributes } from '../attribute/attributes.ts';

/** A single observation of an OTLP data point. */
export interface OtlpExemplar {
  readonly attributes: Attributes;
  readonly timeNs: bigint;
  readonly value: number;
  readonly traceId: string;
  readonly spanId: string;
}

/** A data point; histograms use the last four fields, everything else `value`. */
export interface OtlpPoint {
  readonly attributes: Attributes;
  readonly timeNs: bigint;
  /** Bit 0: no value was recorded, the series ended. */
  readonly flags: number;
  readonly exemplars: readonly OtlpExemplar[];
  readonly value: number;
  readonly count: number;
  readonly sum: number | undefined;
  readonly bucketCounts: readonly number[];
  readonly bounds: readonly number[];
}

/** Kinds of OTLP metrics. */
export type OtlpMetricKind = 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary';

/** One metric with its resource. */
export interface OtlpMetric {
  readonly name: string;
  readonly unit: string;
  readonly kind: OtlpMetricKind | undefined;
  /** 1 delta, 2 cumulative. */
  readonly temporality: number;
  readonly monotonic: boolean;
  readonly points: readonly OtlpPoint[];
  readonly resource: Attributes;
}
