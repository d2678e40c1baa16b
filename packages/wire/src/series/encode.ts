import { ProtoWriter } from '../protobuf/writer.ts';
import type { Labels, Sample, SeriesExemplar, TimeSeries } from './time-series.ts';

/** The bits Prometheus writes for a series that ended. */
export const staleNaNBits = 0x7ff0_0000_0000_0002n;

/** Encodes a Prometheus remote-write 1.0 `WriteRequest`, not compressed. */
export function encodeWriteRequest(series: readonly TimeSeries[]): Uint8Array {
  const writer = new ProtoWriter();
  for (const one of series) writer.message(10, () => writeSeries(writer, one));
  return writer.finish();
}

function writeSeries(writer: ProtoWriter, series: TimeSeries): void {
  writeLabels(writer, series.labels);
  for (const sample of series.samples) writer.message(18, () => writeSample(writer, sample));
  for (const exemplar of series.exemplars ?? []) {
    writer.message(26, () => writeExemplar(writer, exemplar));
  }
}

function writeLabels(writer: ProtoWriter, labels: Labels): void {
  for (const [name, value] of labels) {
    writer.message(10, () => {
      writer.string(10, name);
      writer.string(18, value);
    });
  }
}

function writeSample(writer: ProtoWriter, sample: Sample): void {
  if (sample.stale) writer.fixed64(9, staleNaNBits);
  else writer.double(9, sample.value);
  writer.int64(16, sample.timestampMs);
}

function writeExemplar(writer: ProtoWriter, exemplar: SeriesExemplar): void {
  writeLabels(writer, exemplar.labels);
  writer.double(17, exemplar.value);
  writer.int64(24, exemplar.timestampMs);
}
