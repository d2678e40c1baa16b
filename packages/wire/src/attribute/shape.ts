import type { Shape } from '../protobuf/shape.ts';

/** `AnyValue`; one level deeper than what holds it, as the decoder counts. */
export const anyValueShape: Shape = {
  recursive: true,
  messages: { 42: () => arrayShape, 50: () => listShape },
};
const arrayShape: Shape = { messages: { 10: () => anyValueShape } };

/** `KeyValue`. */
export const attributeShape: Shape = { messages: { 18: () => anyValueShape } };
const listShape: Shape = { messages: { 10: () => attributeShape } };

/** `Resource` and everything else whose attributes are field 1. */
export const resourceShape: Shape = { messages: { 10: () => attributeShape } };
/** `InstrumentationScope`: only the name is read, so only its fields' bounds matter. */
export const scopeShape: Shape = { messages: {} };
