import { WireError } from '../wire-error.ts';

/** How many damaged variants of one input are tried. */
const variants = 400;

/**
 * Runs a decoder on truncated and bit-flipped variants of valid input and returns what it threw other
 * than WireError. The damage is the same in every run.
 */
export function fuzz(valid: Uint8Array, decode: (bytes: Uint8Array) => unknown): unknown[] {
  const unexpected: unknown[] = [];
  for (const bytes of damaged(valid)) {
    try {
      decode(bytes);
    } catch (error) {
      if (!(error instanceof WireError)) unexpected.push(error);
    }
  }
  return unexpected;
}

/** Damaged variants of valid bytes: every short prefix, then flips, overwrites and cuts. */
export function* damaged(valid: Uint8Array): Generator<Uint8Array> {
  for (let length = 0; length < Math.min(valid.length, variants); length++) {
    yield valid.subarray(0, length);
  }
  const random = generator(valid.length);
  for (let count = 0; count < variants; count++) {
    const bytes = new Uint8Array(valid);
    for (let flips = 1 + (random() % 4); flips > 0; flips--) {
      const at = random() % Math.max(1, bytes.length);
      bytes[at] = random() % 2 === 0 ? random() & 255 : (bytes[at] ?? 0) ^ (1 << (random() % 8));
    }
    yield random() % 4 === 0 ? bytes.subarray(random() % Math.max(1, bytes.length)) : bytes;
  }
}

function generator(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 8;
  };
}
