/** Texts that are kept at most; a slot is taken over by whatever hashes to it next. */
export const pooledTextsMax = 4096;
/** Longer texts are decoded each time. */
export const pooledTextBytesMax = 64;

interface Pooled {
  readonly bytes: Buffer;
  readonly text: string;
}

/**
 * Decodes UTF-8 that comes again and again, such as span names, by looking its bytes up: about a third
 * of the cost of making a new string, and the same string is one object.
 */
export class StringPool {
  readonly #slots: (Pooled | undefined)[] = Array.from({ length: pooledTextsMax });

  text(buffer: Buffer, start: number, end: number): string {
    if (end - start > pooledTextBytesMax) return buffer.toString('utf8', start, end);
    const slot = hashOf(buffer, start, end) % pooledTextsMax;
    const pooled = this.#slots[slot];
    if (pooled && isSame(pooled.bytes, buffer, start, end)) return pooled.text;
    const text = buffer.toString('utf8', start, end);
    this.#slots[slot] = { bytes: Buffer.from(buffer.subarray(start, end)), text };
    return text;
  }
}

/** FNV-1a, 32 bits. */
function hashOf(buffer: Buffer, start: number, end: number): number {
  let hash = 0x811c_9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ buffer[at]!, 0x0100_0193);
  return hash >>> 0;
}

function isSame(bytes: Buffer, buffer: Buffer, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== buffer[start + at]) return false;
  return true;
}
