import { attributeText } from '../attribute/attributes.ts';
import type { Attributes } from '../attribute/attributes.ts';
import { anyFromJson, attributesFromJson } from '../attribute/json.ts';
import { bigintAt, hexAt, integerAt, listAt, objectAt, textAt } from '../json/fields.ts';
import { severityNumber } from './decode.ts';
import type { LogRecord } from './record.ts';

/**
 * Reads a parsed OTLP/JSON `ExportLogsServiceRequest`.
 *
 * @throws WireError naming the field that does not fit.
 */
export function logsFromJson(value: unknown): LogRecord[] {
  return listAt(objectAt(value, 'request')['resourceLogs'], 'resourceLogs').flatMap((entry) => {
    const group = objectAt(entry, 'resourceLogs');
    const holder = objectAt(group['resource'] ?? {}, 'resource');
    const resource = attributesFromJson(holder['attributes'], 'resource.attributes');
    return listAt(group['scopeLogs'], 'scopeLogs').flatMap((scoped) =>
      listAt(objectAt(scoped, 'scopeLogs')['logRecords'], 'logRecords').map((record) =>
        recordFromJson(record, resource),
      ),
    );
  });
}

function recordFromJson(value: unknown, resource: Attributes): LogRecord {
  const json = objectAt(value, 'logRecord');
  return {
    timeNs: timeAt(json['timeUnixNano'], 'logRecord.timeUnixNano'),
    observedNs: timeAt(json['observedTimeUnixNano'], 'logRecord.observedTimeUnixNano'),
    severityText: textAt(json['severityText'], 'logRecord.severityText'),
    severityNumber: severityNumber(integerAt(json['severityNumber'], 'logRecord.severityNumber')),
    body: attributeText(anyFromJson(json['body'], 'logRecord.body')),
    attributes: attributesFromJson(json['attributes'], 'logRecord.attributes'),
    traceId: hexAt(json['traceId'], 16, 'logRecord.traceId'),
    spanId: hexAt(json['spanId'], 8, 'logRecord.spanId'),
    resource,
  };
}

function timeAt(value: unknown, path: string): bigint {
  return BigInt.asUintN(64, bigintAt(value, path));
}
