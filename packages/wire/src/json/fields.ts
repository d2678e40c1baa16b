import { WireError } from '../wire-error.ts';

/** A JSON object whose fields are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An object; `path` names the place in errors. */
export function objectAt(value: unknown, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WireError(`${path} must be an object, not ${kindOf(value)}`);
  }
  // The check above is all that an object of unknown fields promises.
  return value as JsonObject;
}

/** A list; absent and null are empty, as protobuf's JSON mapping asks. */
export function listAt(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new WireError(`${path} must be a list, not ${kindOf(value)}`);
  return value;
}

/** Text; absent and null are ''. */
export function textAt(value: unknown, path: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new WireError(`${path} must be text, not ${kindOf(value)}`);
  return value;
}

/** A 64-bit integer given as decimal text or as a whole number; absent and null are 0. */
export function bigintAt(value: unknown, path: string): bigint {
  if (value === undefined || value === null) return 0n;
  if (typeof value === 'number' && Number.isInteger(value)) return within64(BigInt(value), path);
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return within64(BigInt(value), path);
  throw new WireError(`${path} must be a whole number, not ${shown(value)}`);
}

/** A 32-bit integer, also an enum: names are refused; absent and null are 0. */
export function integerAt(value: unknown, path: string): number {
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
  if (number === undefined || number === null) return 0;
  if (typeof number !== 'number' || !Number.isInteger(number) || Math.abs(number) > 0xffff_ffff) {
    throw new WireError(`${path} must be an integer, not ${shown(value)}`);
  }
  return number;
}

/** A double: a number, or the text NaN, Infinity, -Infinity or a number. */
export function doubleAt(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  if (value === undefined || value === null) return 0;
  if (typeof value === 'string' && /^(NaN|-?Infinity|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(value)) {
    return Number(value);
  }
  throw new WireError(`${path} must be a number, not ${shown(value)}`);
}

/** An identifier of `bytes` bytes in hexadecimal of any case, returned in lower case; '' when absent. */
export function hexAt(value: unknown, bytes: number, path: string): string {
  const text = textAt(value, path).toLowerCase();
  if (text === '') return '';
  if (text.length !== bytes * 2 || !/^[0-9a-f]+$/.test(text)) {
    throw new WireError(`${path} must be ${bytes * 2} hexadecimal digits, not ${shown(value)}`);
  }
  return text;
}

/** What a value is, for an error. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}

/** A value cut to what an error can carry. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(kindOf(value));
  if (typeof value === 'number') return String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function within64(value: bigint, path: string): bigint {
  if (value < -(2n ** 63n) || value >= 2n ** 64n) {
    throw new WireError(`${path} does not fit 64 bits: ${value}`);
  }
  return value;
}
