/** Label pairs; `TimeSeries` keeps them sorted by name, exposition in the order of the text. */
export type Labels = readonly (readonly [name: string, value: string])[];

/** One sample of a series. */
export interface Sample {
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestampMs: number;
  /** The series ended here. Its NaN bits cannot be kept in a number, so the flag stands for them. */
  readonly stale?: true;
}

/** A single observation with the trace it belongs to. */
export interface SeriesExemplar {
  readonly labels: Labels;
  readonly value: number;
  readonly timestampMs: number;
}

/** A series of remote write. */
export interface TimeSeries {
  /** Sorted by name, with `__name__`. */
  readonly labels: Labels;
  readonly samples: readonly Sample[];
  readonly exemplars?: readonly SeriesExemplar[];
}

/** Sorts labels the way remote write wants them; empty values are left out, because they mean absent. */
export function sortedLabels(labels: Iterable<readonly [string, string]>): Labels {
  const present = [...labels].filter(([, value]) => value !== '');
  return present.sort(([left], [right]) => (left < right ? -1 : Number(left > right)));
}
