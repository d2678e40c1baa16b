import type { ProtoReader } from '../protobuf/reader.ts';
import { WireError } from '../wire-error.ts';
import { attributeDepthMax, setAttribute } from './attributes.ts';
import type { Attributes, AttributeValue } from './attributes.ts';

/** Reads one `opentelemetry.proto.common.v1.KeyValue` into `target`. */
export function readAttribute(reader: ProtoReader, target: Attributes, depth = 0): void {
  const pair: Pair = { key: '', value: null, depth };
  reader.message(pair, readPair);
  setAttribute(target, pair.key, pair.value);
}

/** Reads one `opentelemetry.proto.common.v1.AnyValue`; an empty one is null. */
export function readAnyValue(reader: ProtoReader, depth = 0): AttributeValue {
  if (depth > attributeDepthMax) {
    throw new WireError(`attribute values nest deeper than ${attributeDepthMax}`);
  }
  const holder: Holder = { value: null, depth };
  return reader.message(holder, readValue).value;
}

interface Pair {
  key: string;
  value: AttributeValue;
  readonly depth: number;
}

interface Holder {
  value: AttributeValue;
  readonly depth: number;
}

function readPair(reader: ProtoReader, tag: number, pair: Pair): boolean {
  switch (tag) {
    case 10: // key = 1
      pair.key = reader.string();
      return true;
    case 18: // value = 2
      pair.value = readAnyValue(reader, pair.depth);
      return true;
    default:
      return false;
  }
}

function readValue(reader: ProtoReader, tag: number, holder: Holder): boolean {
  switch (tag) {
    case 10: // string_value = 1
      holder.value = reader.string();
      return true;
    case 16: // bool_value = 2
      holder.value = reader.bool();
      return true;
    case 24: // int_value = 3
      holder.value = reader.int64();
      return true;
    case 33: // double_value = 4
      holder.value = reader.double();
      return true;
    case 42: // array_value = 5
      holder.value = reader.message({ values: [], depth: holder.depth }, readArray).values;
      return true;
    case 50: // kvlist_value = 6
      holder.value = reader.message({ values: {}, depth: holder.depth }, readList).values;
      return true;
    case 58: // bytes_value = 7
      holder.value = reader.bytes();
      return true;
    default:
      return false;
  }
}

function readArray(
  reader: ProtoReader,
  tag: number,
  array: { readonly values: AttributeValue[]; readonly depth: number },
): boolean {
  if (tag !== 10) return false;
  array.values.push(readAnyValue(reader, array.depth + 1));
  return true;
}

function readList(
  reader: ProtoReader,
  tag: number,
  list: { readonly values: Attributes; readonly depth: number },
): boolean {
  if (tag !== 10) return false;
  readAttribute(reader, list.values, list.depth + 1);
  return true;
}
