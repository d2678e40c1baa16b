import type { Attributes } from '../attribute/attributes.ts';
import { readAttribute } from '../attribute/decode.ts';
import type { ProtoReader } from '../protobuf/reader.ts';
import type { OtlpExemplar } from './otlp-metric.ts';

/** A data point while it is read. */
export interface PointDraft {
  readonly attributes: Attributes;
  timeNs: bigint;
  flags: number;
  readonly exemplars: OtlpExemplar[];
  value: number;
  count: number;
  sum: number | undefined;
  readonly bucketCounts: number[];
  readonly bounds: number[];
}

/** An empty data point. */
export function newPoint(): PointDraft {
  return {
    attributes: {},
    timeNs: 0n,
    flags: 0,
    exemplars: [],
    value: 0,
    count: 0,
    sum: undefined,
    bucketCounts: [],
    bounds: [],
  };
}

/** Reads the fields of `NumberDataPoint`. */
export function readNumberPoint(reader: ProtoReader, tag: number, point: PointDraft): boolean {
  switch (tag) {
    case 25: // time_unix_nano = 3
      point.timeNs = reader.fixed64();
      return true;
    case 33: // as_double = 4
      point.value = reader.double();
      return true;
    case 42: // exemplars = 5
      point.exemplars.push(readExemplar(reader));
      return true;
    case 49: // as_int = 6
      point.value = Number(reader.sfixed64());
      return true;
    case 58: // attributes = 7
      readAttribute(reader, point.attributes);
      return true;
    case 64: // flags = 8
      point.flags = reader.uint32();
      return true;
    default:
      return false;
  }
}

/** Reads the fields of `HistogramDataPoint`; packed and unpacked lists are both valid. */
export function readHistogramPoint(reader: ProtoReader, tag: number, point: PointDraft): boolean {
  switch (tag) {
    case 25: // time_unix_nano = 3
      point.timeNs = reader.fixed64();
      return true;
    case 33: // count = 4
      point.count = Number(reader.fixed64());
      return true;
    case 41: // sum = 5
      point.sum = reader.double();
      return true;
    case 49: // bucket_counts = 6, unpacked
      point.bucketCounts.push(Number(reader.fixed64()));
      return true;
    case 50: // bucket_counts = 6, packed
      readPacked(reader, () => point.bucketCounts.push(Number(reader.fixed64())));
      return true;
    case 57: // explicit_bounds = 7, unpacked
      point.bounds.push(reader.double());
      return true;
    case 58: // explicit_bounds = 7, packed
      readPacked(reader, () => point.bounds.push(reader.double()));
      return true;
    case 66: // exemplars = 8
      point.exemplars.push(readExemplar(reader));
      return true;
    case 74: // attributes = 9
      readAttribute(reader, point.attributes);
      return true;
    case 80: // flags = 10
      point.flags = reader.uint32();
      return true;
    default:
      return false;
  }
}

function readPacked(reader: ProtoReader, readOne: () => void): void {
  const outerEnd = reader.end;
  reader.end = reader.lengthEnd();
  while (reader.position < reader.end) readOne();
  reader.end = outerEnd;
}

type ExemplarDraft = { -readonly [Key in keyof OtlpExemplar]: OtlpExemplar[Key] };

function readExemplar(reader: ProtoReader): OtlpExemplar {
  const draft: ExemplarDraft = { attributes: {}, timeNs: 0n, value: 0, traceId: '', spanId: '' };
  return reader.message(draft, readExemplarField);
}

function readExemplarField(reader: ProtoReader, tag: number, exemplar: ExemplarDraft): boolean {
  switch (tag) {
    case 17: // time_unix_nano = 2
      exemplar.timeNs = reader.fixed64();
      return true;
    case 25: // as_double = 3
      exemplar.value = reader.double();
      return true;
    case 34: // span_id = 4
      exemplar.spanId = reader.id(8);
      return true;
    case 42: // trace_id = 5
      exemplar.traceId = reader.id(16);
      return true;
    case 49: // as_int = 6
      exemplar.value = Number(reader.sfixed64());
      return true;
    case 58: // filtered_attributes = 7
      readAttribute(reader, exemplar.attributes);
      return true;
    default:
      return false;
  }
}
