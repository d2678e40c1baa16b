import { attributeDepthMax } from '../attribute/attributes.ts';
import { anyValueShape, attributeShape, resourceShape } from '../attribute/shape.ts';
import { ProtoReader } from '../protobuf/reader.ts';
import { countInShape } from '../protobuf/shape.ts';
import type { Shape } from '../protobuf/shape.ts';

/**
 * Checks OTLP `ExportLogsServiceRequest` bytes without decoding them and returns the number of records.
 *
 * @throws WireError exactly when `decodeLogs` would.
 */
export function validateLogs(bytes: Uint8Array): number {
  return countInShape(new ProtoReader(bytes), requestShape, attributeDepthMax + 1);
}

const recordShape: Shape = {
  counted: true,
  ids: { 74: 16, 82: 8 },
  messages: { 42: () => anyValueShape, 50: () => attributeShape },
};
const scopeLogsShape: Shape = { messages: { 18: () => recordShape } };
const resourceLogsShape: Shape = {
  messages: { 10: () => resourceShape, 18: () => scopeLogsShape },
};
const requestShape: Shape = { messages: { 10: () => resourceLogsShape } };
