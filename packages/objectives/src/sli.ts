import type { CounterSelection, HistogramSelection } from '@sprout/signals';
import type { Sli } from './objective.ts';

/**
 * Events that were not bad. `bad` and `valid` are disjoint sets of series, each summed;
 * series of `bad` must be part of `valid`.
 */
export function availability(
  valid: CounterSelection | readonly CounterSelection[],
  options: { readonly bad: CounterSelection | readonly CounterSelection[] },
): Sli {
  return { kind: 'availability', valid: list(valid), bad: list(options.bad) };
}

/**
 * Events answered well and in time: the bucket at the threshold of the observations that were
 * answered well, out of all. A fast failure is not good.
 * Throws RangeError when the histogram has no bucket at the threshold.
 */
export function latency(
  answeredWell: HistogramSelection,
  options: {
    readonly withinMs: number;
    /** All events that count; by default the observations of `answeredWell`. */
    readonly valid?: CounterSelection | readonly CounterSelection[];
  },
): Sli {
  const thresholdSeconds = options.withinMs / 1000;
  return {
    kind: 'latency',
    valid: list(options.valid ?? answeredWell.count()),
    good: [answeredWell.bucket(thresholdSeconds)],
    thresholdSeconds,
  };
}

function list(selection: CounterSelection | readonly CounterSelection[]) {
  return Array.isArray(selection)
    ? (selection as readonly CounterSelection[])
    : [selection as CounterSelection];
}
