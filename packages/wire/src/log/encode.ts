import { writeAttributes } from '../attribute/encode.ts';
import { ProtoWriter } from '../protobuf/writer.ts';
import { groupByResource } from '../resource/group.ts';
import type { LogRecord } from './record.ts';

/** Encodes records as an OTLP `ExportLogsServiceRequest`, grouped by resource. */
export function encodeLogs(records: readonly LogRecord[]): Uint8Array {
  const writer = new ProtoWriter();
  for (const { resource, scopes } of groupByResource(records, () => '')) {
    writer.message(10, () => {
      writer.message(10, () => writeAttributes(writer, 10, resource));
      for (const members of scopes.values()) {
        writer.message(18, () => {
          for (const record of members) writer.message(18, () => writeRecord(writer, record));
        });
      }
    });
  }
  return writer.finish();
}

function writeRecord(writer: ProtoWriter, record: LogRecord): void {
  if (record.timeNs !== 0n) writer.fixed64(9, record.timeNs);
  if (record.severityNumber !== 0) writer.uint32(16, record.severityNumber);
  if (record.severityText !== '') writer.string(26, record.severityText);
  writer.message(42, () => writer.string(10, record.body));
  writeAttributes(writer, 50, record.attributes);
  if (record.traceId !== '') writer.hex(74, record.traceId);
  if (record.spanId !== '') writer.hex(82, record.spanId);
  if (record.observedNs !== 0n) writer.fixed64(89, record.observedNs);
}
