import {
  bigintAt,
  doubleAt,
  kindOf,
  listAt,
  objectAt,
  textAt,
  type JsonObject,
} from '../json/fields.ts';
import { WireError } from '../wire-error.ts';
import { attributeDepthMax, setAttribute } from './attributes.ts';
import type { Attributes, AttributeValue } from './attributes.ts';

/** Reads OTLP/JSON attributes: a list of `{key, value}`. */
export function attributesFromJson(value: unknown, path: string, depth = 0): Attributes {
  const attributes: Attributes = {};
  for (const entry of listAt(value, path)) {
    const pair = objectAt(entry, path);
    setAttribute(
      attributes,
      textAt(pair['key'], `${path} key`),
      anyFromJson(pair['value'], path, depth),
    );
  }
  return attributes;
}

/** Reads one OTLP/JSON `AnyValue`; absent and empty are null. */
export function anyFromJson(value: unknown, path: string, depth = 0): AttributeValue {
  if (value === undefined || value === null) return null;
  if (depth > attributeDepthMax) {
    throw new WireError(`${path} nests deeper than ${attributeDepthMax}`);
  }
  const any = objectAt(value, path);
  const scalar = scalarFromJson(any, path);
  if (scalar !== undefined) return scalar;
  if (isSet(any['arrayValue'])) {
    const items = listAt(objectAt(any['arrayValue'], path)['values'], path);
    return items.map((item) => anyFromJson(item, path, depth + 1));
  }
  if (isSet(any['kvlistValue'])) {
    return attributesFromJson(objectAt(any['kvlistValue'], path)['values'], path, depth + 1);
  }
  return null;
}

/** Attributes as OTLP/JSON. */
export function attributesToJson(attributes: Attributes): JsonObject[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyToJson(value) }));
}

/** One value as an OTLP/JSON `AnyValue`. */
export function anyToJson(value: AttributeValue): JsonObject {
  if (value === null) return {};
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return { intValue: String(value) };
    case 'number':
      return numberToJson(value);
    default:
      return structureToJson(value);
  }
}

function scalarFromJson(any: JsonObject, path: string): AttributeValue | undefined {
  if (isSet(any['stringValue'])) return textAt(any['stringValue'], path);
  if (isSet(any['boolValue'])) return booleanAt(any['boolValue'], path);
  if (isSet(any['intValue'])) return exact(BigInt.asIntN(64, bigintAt(any['intValue'], path)));
  if (isSet(any['doubleValue'])) return doubleAt(any['doubleValue'], path);
  if (isSet(any['bytesValue'])) {
    return new Uint8Array(Buffer.from(textAt(any['bytesValue'], path), 'base64'));
  }
  return undefined;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function booleanAt(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') {
    throw new WireError(`${path} must be true or false, not ${kindOf(value)}`);
  }
  return value;
}

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function numberToJson(value: number): JsonObject {
  if (Number.isSafeInteger(value)) return { intValue: String(value) };
  return { doubleValue: Number.isFinite(value) ? value : String(value) };
}

function structureToJson(
  value: Exclude<AttributeValue, string | number | boolean | bigint | null>,
): JsonObject {
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if (isList(value)) return { arrayValue: { values: value.map(anyToJson) } };
  return { kvlistValue: { values: attributesToJson(value) } };
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
