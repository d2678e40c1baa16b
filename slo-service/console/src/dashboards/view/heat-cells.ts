import type { Frame } from '../frame.ts';

/** Counts of a time × bucket grid. */
export interface HeatCells {
  /** Upper bounds of the buckets, ascending; the last may be `+Inf`. */
  readonly bounds: readonly string[];
  /** Counts by bucket, then by moment. */
  readonly counts: readonly (readonly number[])[];
  readonly highest: number;
}

/** Buckets of Prometheus hold what lies below their bound; a cell holds what lies between two. */
export function heatCells(frame: Frame): HeatCells {
  const buckets = frame.series
    .filter(({ labels }) => labels['le'] !== undefined)
    .toSorted((a, b) => boundOf(a.labels['le']) - boundOf(b.labels['le']));
  const counts = buckets.map(({ values }, index) =>
    values.map((value, at) => Math.max(0, (value ?? 0) - (buckets[index - 1]?.values[at] ?? 0))),
  );
  const used = counts.findLastIndex((row) => row.some((count) => count > 0)) + 1;
  return {
    bounds: buckets.slice(0, used).map(({ labels }) => labels['le'] ?? ''),
    counts: counts.slice(0, used),
    highest: Math.max(0, ...counts.flat()),
  };
}

const boundOf = (le: string | undefined): number => (le === '+Inf' ? Infinity : Number(le));
