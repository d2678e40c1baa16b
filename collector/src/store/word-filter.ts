/** Bits per distinct word; with three probes about 3 % of blocks are read in vain. */
const bitsPerWord = 10;
const probes = 3;
const wordLengthMin = 3;
/** Words beyond this many set every bit: such a block is always read. */
const wordsMax = 200_000;

/** A Bloom filter over the words of a block's lines. */
export function wordFilterOf(lines: Iterable<string>): Uint8Array {
  const hashes = new Set<number>();
  for (const line of lines) {
    for (const word of wordsOf(line)) hashes.add(hashOf(word));
    if (hashes.size > wordsMax) return Uint8Array.of(255);
  }
  const bytes = new Uint8Array(Math.max(1, Math.ceil((hashes.size * bitsPerWord) / 8)));
  for (const hash of hashes) for (const bit of bitsOf(hash, bytes.length)) setBit(bytes, bit);
  return bytes;
}

/** False when no line of the block holds all the words. */
export function mayHold(filter: Uint8Array, words: readonly string[]): boolean {
  return words.every((word) =>
    bitsOf(hashOf(word), filter.length).every((bit) => isSet(filter, bit)),
  );
}

/**
 * Words that a line holding `text` certainly has: those inside, not cut off at either end of the
 * text, because `"rder 12"` is also found in `"order 123"`.
 */
export function certainWords(text: string): string[] {
  return [...text.matchAll(/(?<=[^\p{L}\p{N}])[\p{L}\p{N}]+(?=[^\p{L}\p{N}])/gu)]
    .map(([word]) => word.toLowerCase())
    .filter((word) => word.length >= wordLengthMin);
}

function* wordsOf(line: string): Generator<string> {
  for (const [word] of line.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (word.length >= wordLengthMin) yield word.toLowerCase();
  }
}

/** FNV-1a, 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

function bitsOf(hash: number, bytes: number): number[] {
  const step = (Math.imul(hash, 0x9e3779b1) | 1) >>> 0;
  return Array.from({ length: probes }, (_, probe) => (hash + probe * step) % (bytes * 8));
}

function setBit(bytes: Uint8Array, bit: number): void {
  const index = bit >>> 3;
  bytes[index] = (bytes[index] ?? 0) | (1 << (bit & 7));
}

function isSet(bytes: Uint8Array, bit: number): boolean {
  return ((bytes[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}
