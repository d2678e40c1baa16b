/**
 * What an attribute may hold. Integers outside ±2^53 are bigint; a whole double is not told apart
 * from an integer, so encoding writes whole numbers as `int_value`.
 */
export type AttributeValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | Uint8Array
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

/** Attributes by key; a key given twice keeps its last value. */
export type Attributes = Record<string, AttributeValue>;

/** How deep attribute values may nest; deeper input is refused before it can exhaust the stack. */
export const attributeDepthMax = 32;

/** Sets an attribute; the key `__proto__` becomes an ordinary property like any other. */
export function setAttribute(target: Attributes, key: string, value: AttributeValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else target[key] = value;
}

/** An attribute as text, the way labels and Zipkin tags show it; '' when absent. */
export function attributeText(value: AttributeValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner);
    return inner instanceof Uint8Array ? Buffer.from(inner).toString('base64') : inner;
  });
}
