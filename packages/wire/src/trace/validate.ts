import { attributeDepthMax } from '../attribute/attributes.ts';
import { attributeShape, resourceShape, scopeShape } from '../attribute/shape.ts';
import { ProtoReader } from '../protobuf/reader.ts';
import { countInShape } from '../protobuf/shape.ts';
import type { Shape } from '../protobuf/shape.ts';

/**
 * Checks OTLP `ExportTraceServiceRequest` bytes without decoding them and returns the number of spans.
 *
 * @throws WireError exactly when `decodeTraces` would.
 */
export function validateTraces(bytes: Uint8Array): number {
  // The outermost value counts as depth 0 in the decoder and 1 here.
  return countInShape(new ProtoReader(bytes), requestShape, attributeDepthMax + 1);
}

const eventShape: Shape = { messages: { 26: () => attributeShape } };
const linkShape: Shape = { messages: { 34: () => attributeShape }, ids: { 10: 16, 18: 8 } };
const statusShape: Shape = { messages: {} };
const spanShape: Shape = {
  counted: true,
  ids: { 10: 16, 18: 8, 34: 8 },
  messages: {
    74: () => attributeShape,
    90: () => eventShape,
    106: () => linkShape,
    122: () => statusShape,
  },
};
const scopeSpansShape: Shape = { messages: { 10: () => scopeShape, 18: () => spanShape } };
const resourceSpansShape: Shape = {
  messages: { 10: () => resourceShape, 18: () => scopeSpansShape },
};
const requestShape: Shape = { messages: { 10: () => resourceSpansShape } };
