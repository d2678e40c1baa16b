import type { ProtoWriter } from '../protobuf/writer.ts';
import type { Attributes, AttributeValue } from './attributes.ts';

/** Writes attributes as repeated `KeyValue` under `tag`. */
export function writeAttributes(writer: ProtoWriter, tag: number, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    writer.message(tag, () => {
      writer.string(10, key);
      writeAnyValue(writer, 18, value);
    });
  }
}

/** Writes one `AnyValue` under `tag`. */
export function writeAnyValue(writer: ProtoWriter, tag: number, value: AttributeValue): void {
  writer.message(tag, () => writeValue(writer, value));
}

function writeValue(writer: ProtoWriter, value: AttributeValue): void {
  if (value === null) return;
  if (typeof value === 'string') writer.string(10, value);
  else if (typeof value === 'boolean') writer.bool(16, value);
  else if (typeof value === 'bigint') writer.int64(24, value);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (value instanceof Uint8Array) writer.bytes(58, value);
  else if (isList(value)) {
    writer.message(42, () => {
      for (const inner of value) writeAnyValue(writer, 10, inner);
    });
  } else writer.message(50, () => writeAttributes(writer, 10, value));
}

function writeNumber(writer: ProtoWriter, value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) writer.int64(24, value);
  else writer.double(33, value);
}

// Array.isArray does not narrow readonly arrays out of a union.
function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
