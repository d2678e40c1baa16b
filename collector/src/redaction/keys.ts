/** Attribute keys whose values are replaced, in any case. */
export interface RedactedKeys {
  has(key: string): boolean;
  /** Whether protobuf bytes, read as Latin-1, hold one of the keys as a `KeyValue.key`. */
  mayBeIn(latin1: string): boolean;
}

export function redactedKeys(keys: readonly string[]): RedactedKeys {
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  if (wanted.size === 0) return { has: () => false, mayBeIn: () => false };
  const escaped = [...wanted].map((key) => key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // Field 1, the key's length, the key: text that only mentions the key does not match.
  const lengths = [...new Set([...wanted].map((key) => key.length))];
  const length = lengths.map((of) => `\\x${of.toString(16).padStart(2, '0')}`).join('');
  const pattern = new RegExp(`\\x0a[${length}](?:${escaped.join('|')})`, 'i');
  return {
    has: (key) => wanted.has(key.toLowerCase()),
    mayBeIn: (latin1) => pattern.test(latin1),
  };
}
