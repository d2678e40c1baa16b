import { ProtoReader } from '../protobuf/reader.ts';
import { staleNaNBits } from './encode.ts';
import type { Sample, SeriesExemplar, TimeSeries } from './time-series.ts';

/**
 * Decodes a Prometheus remote-write 1.0 `WriteRequest`; metadata and native histograms are passed over.
 *
 * @throws WireError when the bytes are not one.
 */
export function decodeWriteRequest(bytes: Uint8Array): TimeSeries[] {
  const series: TimeSeries[] = [];
  new ProtoReader(bytes).fields(series, readRequest);
  return series;
}

type Pairs = (readonly [string, string])[];

interface Draft {
  readonly labels: Pairs;
  readonly samples: Sample[];
  exemplars?: SeriesExemplar[];
}

function readRequest(reader: ProtoReader, tag: number, series: TimeSeries[]): boolean {
  if (tag !== 10) return false;
  series.push(reader.message<Draft>({ labels: [], samples: [] }, readSeries));
  return true;
}

function readSeries(reader: ProtoReader, tag: number, series: Draft): boolean {
  switch (tag) {
    case 10: // labels = 1
      readLabel(reader, series.labels);
      return true;
    case 18: // samples = 2
      series.samples.push(readSample(reader));
      return true;
    case 26: // exemplars = 3
      series.exemplars ??= [];
      series.exemplars.push(
        reader.message({ labels: [] as Pairs, value: 0, timestampMs: 0 }, readExemplar),
      );
      return true;
    default:
      return false;
  }
}

function readLabel(reader: ProtoReader, labels: Pairs): void {
  const label = reader.message({ name: '', value: '' }, readLabelField);
  labels.push([label.name, label.value]);
}

function readLabelField(
  reader: ProtoReader,
  tag: number,
  label: { name: string; value: string },
): boolean {
  switch (tag) {
    case 10: // name = 1
      label.name = reader.string();
      return true;
    case 18: // value = 2
      label.value = reader.string();
      return true;
    default:
      return false;
  }
}

function readSample(reader: ProtoReader): Sample {
  const { value, timestampMs, stale } = reader.message(
    { value: 0, timestampMs: 0, stale: false },
    readSampleField,
  );
  return stale ? { value, timestampMs, stale: true } : { value, timestampMs };
}

function readSampleField(
  reader: ProtoReader,
  tag: number,
  sample: { value: number; timestampMs: number; stale: boolean },
): boolean {
  switch (tag) {
    case 9: // value = 1
      sample.value = reader.double();
      sample.stale = Number.isNaN(sample.value) && staleBefore(reader);
      return true;
    case 16: // timestamp = 2
      sample.timestampMs = Number(reader.int64());
      return true;
    default:
      return false;
  }
}

// A number has lost the bits of its NaN, so they are looked up in the bytes just read.
function staleBefore(reader: ProtoReader): boolean {
  return reader.buffer.readBigUInt64LE(reader.position - 8) === staleNaNBits;
}

function readExemplar(
  reader: ProtoReader,
  tag: number,
  exemplar: { readonly labels: Pairs; value: number; timestampMs: number },
): boolean {
  switch (tag) {
    case 10: // labels = 1
      readLabel(reader, exemplar.labels);
      return true;
    case 17: // value = 2
      exemplar.value = reader.double();
      return true;
    case 24: // timestamp = 3
      exemplar.timestampMs = Number(reader.int64());
      return true;
    default:
      return false;
  }
}
