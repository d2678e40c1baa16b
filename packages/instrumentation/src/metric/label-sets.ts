import type { LabelSpec } from '@sprout/signals';

/** More series than this are not made in advance. */
export const initialSeriesMax = 1000;

/**
 * All label sets of a signal whose labels have closed lists, so that every series exists at 0
 * before its first event; none when a label is open or there would be too many.
 */
export function closedLabelSets(spec: LabelSpec): Record<string, string>[] {
  let sets: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(spec)) {
    if (values === 'any' || sets.length * values.length > initialSeriesMax) return [];
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  }
  return sets;
}
