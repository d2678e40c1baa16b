import type { CounterSelection, HistogramSelection } from '@sprout/signals';
import { parseDuration } from '@sprout/query/duration';
import { placed } from './place.ts';
import type { NoTraffic, Objective, Sli, Unmeasured } from './objective.ts';

/**
 * Events that were not bad. `bad` and `valid` are disjoint sets of series, each summed;
 * series of `bad` must be part of `valid`.
 */
export function availability(
  valid: CounterSelection | readonly CounterSelection[],
  options: { readonly bad: CounterSelection | readonly CounterSelection[] },
): Sli {
  return placed({ kind: 'availability', valid: list(valid), bad: list(options.bad) });
}

/**
 * Events answered well and in time: the bucket at the threshold of the observations that were
 * answered well, out of all. A fast failure is not good.
 * That the histogram has a bucket at the threshold is checked with everything else that is
 * declared, so that all mistakes are told at once.
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
  return placed({
    kind: 'latency',
    valid: list(options.valid ?? answeredWell.count()),
    good: [bucketAt(answeredWell, thresholdSeconds)],
    thresholdSeconds,
  });
}

/** The scrapes of services as events: one in vain, `up == 0`, is bad. For time slices. */
export function up(...services: readonly string[]): Sli {
  return placed({ kind: 'events', valid: [], up: services });
}

/**
 * Time in which events went well: each slice is good or bad as a whole, and minutes are counted.
 * While nothing is scraped, nothing is known; a target that is scraped in vain is down.
 * Throws RangeError when the slice does not divide an hour.
 * @example timeSlice(latency(requests, { withinMs: 300 }), { goodRatioMin: 0.95, slice: '5m' })
 * @example timeSlice(up('order'), { goodRatioMin: 0.5 })
 */
export function timeSlice(
  events: Sli,
  options: {
    readonly goodRatioMin: number;
    readonly slice?: string;
    readonly noTraffic?: NoTraffic;
  },
): Sli {
  const minutes = parseDuration(options.slice ?? '1m') / 60;
  if (!dividesHour(minutes)) {
    throw new RangeError(`a slice of ${options.slice} does not divide an hour; write 1m, 5m … 1h`);
  }
  const { goodRatioMin, noTraffic = 'skip' } = options;
  return placed({ ...events, kind: 'time-slice', slice: { goodRatioMin, minutes, noTraffic } });
}

/** Slices divide the hour, and so the day, so that they begin with it. */
export const dividesHour = (minutes: number): boolean =>
  Number.isInteger(minutes) && minutes > 0 && 60 % minutes === 0;

/** Minutes in which every one of some promises was kept. */
export function all(
  members: readonly Objective[],
  options: { readonly unmeasured?: Unmeasured } = {},
): Sli {
  return composite('all', members, options.unmeasured);
}

/** Minutes in which at least one of some promises was kept, for example by a replica. */
export function any(
  members: readonly Objective[],
  options: { readonly unmeasured?: Unmeasured } = {},
): Sli {
  return composite('any', members, options.unmeasured);
}

function composite(
  rule: 'all' | 'any',
  members: readonly Objective[],
  unmeasured: Unmeasured = 'unknown',
): Sli {
  const of = members.map(({ id }) => id);
  return placed({ kind: 'composite', valid: [], composite: { rule, of, unmeasured } });
}

function bucketAt(histogram: HistogramSelection, le: number): CounterSelection {
  const { metric, matchers, service } = histogram.count();
  return {
    metric: metric.replace(/_count$/, '_bucket'),
    matchers: [...matchers, { label: 'le', op: '=', value: String(le) }],
    service,
  };
}

function list(selection: CounterSelection | readonly CounterSelection[]) {
  return Array.isArray(selection)
    ? (selection as readonly CounterSelection[])
    : [selection as CounterSelection];
}
