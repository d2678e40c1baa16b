import type { Attributes } from '../attribute/attributes.ts';
import { ProtoReader } from '../protobuf/reader.ts';
import { readResource } from '../resource/decode.ts';
import type { OtlpMetric, OtlpMetricKind, OtlpPoint } from './otlp-metric.ts';
import { newPoint, readHistogramPoint, readNumberPoint } from './decode-point.ts';

/**
 * Decodes an OTLP `ExportMetricsServiceRequest`. Points of exponential histograms and summaries are
 * counted but not read, because nothing downstream takes them.
 *
 * @throws WireError when the bytes are not one.
 */
export function decodeMetrics(bytes: Uint8Array): OtlpMetric[] {
  const metrics: OtlpMetric[] = [];
  new ProtoReader(bytes).fields(metrics, readRequest);
  return metrics;
}

interface Level {
  readonly resource: Attributes;
  readonly metrics: OtlpMetric[];
}

interface Draft {
  name: string;
  unit: string;
  kind: OtlpMetricKind | undefined;
  temporality: number;
  monotonic: boolean;
  points: OtlpPoint[];
  readonly resource: Attributes;
}

function readRequest(reader: ProtoReader, tag: number, metrics: OtlpMetric[]): boolean {
  if (tag !== 10) return false;
  reader.message({ resource: {}, metrics }, readResourceMetrics);
  return true;
}

function readResourceMetrics(reader: ProtoReader, tag: number, level: Level): boolean {
  switch (tag) {
    case 10: // resource = 1
      reader.message(level.resource, readResource);
      return true;
    case 18: // scope_metrics = 2
      reader.message(level, readScopeMetrics);
      return true;
    default:
      return false;
  }
}

function readScopeMetrics(reader: ProtoReader, tag: number, level: Level): boolean {
  if (tag !== 18) return false; // metrics = 2
  const draft: Draft = {
    name: '',
    unit: '',
    kind: undefined,
    temporality: 0,
    monotonic: false,
    points: [],
    resource: level.resource,
  };
  level.metrics.push(reader.message(draft, readMetric));
  return true;
}

function readMetric(reader: ProtoReader, tag: number, metric: Draft): boolean {
  switch (tag) {
    case 10: // name = 1
      metric.name = reader.string();
      return true;
    case 26: // unit = 3
      metric.unit = reader.string();
      return true;
    case 42: // gauge = 5
      return readData(reader, metric, 'gauge', readNumberData);
    case 58: // sum = 7
      return readData(reader, metric, 'sum', readNumberData);
    case 74: // histogram = 9
      return readData(reader, metric, 'histogram', readHistogramData);
    case 82: // exponential_histogram = 10
      return readData(reader, metric, 'exponentialHistogram', countPoints);
    case 90: // summary = 11
      return readData(reader, metric, 'summary', countPoints);
    default:
      return false;
  }
}

function readData(
  reader: ProtoReader,
  metric: Draft,
  kind: OtlpMetricKind,
  read: (reader: ProtoReader, tag: number, metric: Draft) => boolean,
): boolean {
  // One of a oneof: a later kind replaces an earlier one.
  if (metric.kind !== kind) metric.points = [];
  metric.kind = kind;
  reader.message(metric, read);
  return true;
}

function readNumberData(reader: ProtoReader, tag: number, metric: Draft): boolean {
  switch (tag) {
    case 10: // data_points = 1
      metric.points.push(reader.message(newPoint(), readNumberPoint));
      return true;
    case 24: // is_monotonic = 3
      metric.monotonic = reader.bool();
      return true;
    default:
      return readTemporality(reader, tag, metric);
  }
}

function readHistogramData(reader: ProtoReader, tag: number, metric: Draft): boolean {
  if (tag !== 10) return readTemporality(reader, tag, metric);
  metric.points.push(reader.message(newPoint(), readHistogramPoint));
  return true;
}

function countPoints(_reader: ProtoReader, tag: number, metric: Draft): boolean {
  if (tag === 10) metric.points.push(newPoint());
  return false;
}

function readTemporality(reader: ProtoReader, tag: number, metric: Draft): boolean {
  if (tag !== 16) return false; // aggregation_temporality = 2
  metric.temporality = reader.uint32();
  return true;
}
