import type { SampleRun } from './reading.ts';

type Labels = SampleRun['labels'];

/** Label sets that an answer may leave out before one is taken for new. */
const leftOutMax = 64;

/**
 * Keeps one object for each label set from answer to answer, so that what is worked out for it once
 * stays known and the parsed one is forgotten at once. Prometheus answers series in order: the
 * next one is at, or soon after, the place of the last one. Unknown order costs memory, no figure.
 */
export function knownLabels(): (answer: readonly Labels[]) => readonly Labels[] {
  let known: readonly Labels[] = [];
  return (answer) => {
    let next = 0;
    const labels = answer.map((one) => {
      const found = indexFrom(known, next, one);
      if (found < 0) return one;
      next = found + 1;
      return known[found] ?? one;
    });
    known = labels;
    return labels;
  };
}

function indexFrom(known: readonly Labels[], from: number, wanted: Labels): number {
  const end = Math.min(known.length, from + leftOutMax);
  for (let index = from; index < end; index++) {
    const one = known[index];
    if (one !== undefined && isSame(one, wanted)) return index;
  }
  return -1;
}

function isSame(a: Labels, b: Labels): boolean {
  let names = 0;
  for (const name in a) {
    if (a[name] !== b[name]) return false;
    names += 1;
  }
  for (const _ in b) names -= 1;
  return names === 0;
}
