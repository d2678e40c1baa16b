import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on what it is for, and on nothing else. */
export function chance(...what: readonly (string | number)[]): number {
  const digest = createHash('sha256').update(what.join(' ')).digest();
  return digest.readUInt32LE(0) / 2 ** 32;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many of `trials` events happen, each with `probability`; whole, and close to the mean. */
export function drawn(trials: number, probability: number, random: () => number): number {
  const mean = trials * probability;
  const spread = Math.sqrt(mean * (1 - probability));
  // The sum of three uniform numbers stands for a normal one.
  const deviation = (random() + random() + random() - 1.5) * 2 * spread;
  return Math.min(trials, Math.max(0, Math.round(mean + deviation)));
}
