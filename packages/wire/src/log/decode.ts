import { attributeText } from '../attribute/attributes.ts';
import type { Attributes } from '../attribute/attributes.ts';
import { readAnyValue, readAttribute } from '../attribute/decode.ts';
import { ProtoReader } from '../protobuf/reader.ts';
import { readResource } from '../resource/decode.ts';
import type { LogRecord } from './record.ts';

/**
 * Decodes an OTLP `ExportLogsServiceRequest`.
 *
 * @throws WireError when the bytes are not one.
 */
export function decodeLogs(bytes: Uint8Array): LogRecord[] {
  const records: LogRecord[] = [];
  new ProtoReader(bytes).fields(records, readRequest);
  return records;
}

type Draft = { -readonly [Key in keyof LogRecord]: LogRecord[Key] };

interface Level {
  readonly resource: Attributes;
  readonly records: LogRecord[];
}

function readRequest(reader: ProtoReader, tag: number, records: LogRecord[]): boolean {
  if (tag !== 10) return false;
  reader.message({ resource: {}, records }, readResourceLogs);
  return true;
}

function readResourceLogs(reader: ProtoReader, tag: number, level: Level): boolean {
  switch (tag) {
    case 10: // resource = 1
      reader.message(level.resource, readResource);
      return true;
    case 18: // scope_logs = 2
      reader.message(level, readScopeLogs);
      return true;
    default:
      return false;
  }
}

function readScopeLogs(reader: ProtoReader, tag: number, level: Level): boolean {
  if (tag !== 18) return false; // log_records = 2
  level.records.push(reader.message(newDraft(level.resource), readRecord));
  return true;
}

function newDraft(resource: Attributes): Draft {
  return {
    timeNs: 0n,
    observedNs: 0n,
    severityText: '',
    severityNumber: 0,
    body: '',
    attributes: {},
    traceId: '',
    spanId: '',
    resource,
  };
}

function readRecord(reader: ProtoReader, tag: number, record: Draft): boolean {
  switch (tag) {
    case 9: // time_unix_nano = 1
      record.timeNs = reader.fixed64();
      return true;
    case 16: // severity_number = 2
      record.severityNumber = severityNumber(reader.uint32());
      return true;
    case 26: // severity_text = 3
      record.severityText = reader.string();
      return true;
    case 42: // body = 5
      record.body = attributeText(readAnyValue(reader));
      return true;
    case 50: // attributes = 6
      readAttribute(reader, record.attributes);
      return true;
    case 74: // trace_id = 9
      record.traceId = reader.id(16);
      return true;
    case 82: // span_id = 10
      record.spanId = reader.id(8);
      return true;
    case 89: // observed_time_unix_nano = 11
      record.observedNs = reader.fixed64();
      return true;
    default:
      return false;
  }
}

/** Numbers outside OpenTelemetry's 1..24 count as unknown. */
export function severityNumber(number: number): number {
  return number >= 1 && number <= 24 ? number : 0;
}
