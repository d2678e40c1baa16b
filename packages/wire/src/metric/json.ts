import type { Attributes } from '../attribute/attributes.ts';
import { attributesFromJson } from '../attribute/json.ts';
import {
  bigintAt,
  doubleAt,
  hexAt,
  integerAt,
  listAt,
  objectAt,
  textAt,
  type JsonObject,
} from '../json/fields.ts';
import type { OtlpExemplar, OtlpMetric, OtlpMetricKind, OtlpPoint } from './otlp-metric.ts';

/**
 * Reads a parsed OTLP/JSON `ExportMetricsServiceRequest`.
 *
 * @throws WireError naming the field that does not fit.
 */
export function metricsFromJson(value: unknown): OtlpMetric[] {
  return listAt(objectAt(value, 'request')['resourceMetrics'], 'resourceMetrics').flatMap(
    (entry) => {
      const group = objectAt(entry, 'resourceMetrics');
      const holder = objectAt(group['resource'] ?? {}, 'resource');
      const resource = attributesFromJson(holder['attributes'], 'resource.attributes');
      return listAt(group['scopeMetrics'], 'scopeMetrics').flatMap((scoped) =>
        listAt(objectAt(scoped, 'scopeMetrics')['metrics'], 'metrics').map((metric) =>
          metricFromJson(objectAt(metric, 'metric'), resource),
        ),
      );
    },
  );
}

const kinds: readonly OtlpMetricKind[] = [
  'gauge',
  'sum',
  'histogram',
  'exponentialHistogram',
  'summary',
];

function metricFromJson(json: JsonObject, resource: Attributes): OtlpMetric {
  const kind = kinds.find((known) => json[known] !== undefined && json[known] !== null);
  const data = objectAt(kind === undefined ? {} : json[kind], 'metric data');
  return {
    name: textAt(json['name'], 'metric.name'),
    unit: textAt(json['unit'], 'metric.unit'),
    kind,
    temporality: integerAt(data['aggregationTemporality'], 'aggregationTemporality'),
    monotonic: data['isMonotonic'] === true,
    points: listAt(data['dataPoints'], 'dataPoints').map((point) =>
      pointFromJson(objectAt(point, 'dataPoint')),
    ),
    resource,
  };
}

function pointFromJson(json: JsonObject): OtlpPoint {
  return {
    attributes: attributesFromJson(json['attributes'], 'dataPoint.attributes'),
    timeNs: timeAt(json['timeUnixNano'], 'dataPoint.timeUnixNano'),
    flags: integerAt(json['flags'], 'dataPoint.flags'),
    exemplars: listAt(json['exemplars'], 'dataPoint.exemplars').map(exemplarFromJson),
    value: numberOf(json),
    count: Number(bigintAt(json['count'], 'dataPoint.count')),
    sum: sumOf(json['sum']),
    bucketCounts: listAt(json['bucketCounts'], 'bucketCounts').map((count) =>
      Number(bigintAt(count, 'bucketCounts')),
    ),
    bounds: listAt(json['explicitBounds'], 'explicitBounds').map((bound) =>
      doubleAt(bound, 'explicitBounds'),
    ),
  };
}

/** Absent when observations may be negative; then there is no `_sum`. */
function sumOf(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : doubleAt(value, 'dataPoint.sum');
}

function numberOf(json: JsonObject): number {
  const integer = json['asInt'];
  if (integer !== undefined && integer !== null) return Number(bigintAt(integer, 'asInt'));
  return doubleAt(json['asDouble'], 'asDouble');
}

function timeAt(value: unknown, path: string): bigint {
  return BigInt.asUintN(64, bigintAt(value, path));
}

function exemplarFromJson(value: unknown): OtlpExemplar {
  const json = objectAt(value, 'exemplar');
  return {
    attributes: attributesFromJson(json['filteredAttributes'], 'exemplar.filteredAttributes'),
    timeNs: timeAt(json['timeUnixNano'], 'exemplar.timeUnixNano'),
    value: numberOf(json),
    traceId: hexAt(json['traceId'], 16, 'exemplar.traceId'),
    spanId: hexAt(json['spanId'], 8, 'exemplar.spanId'),
  };
}
