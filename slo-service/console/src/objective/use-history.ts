import { computed } from '@preact/signals';
import type { Series } from '@sprout/slo-service/api';
import { refreshMs, useResource } from '../api/resource.ts';
import type { Resource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { alignInterval, fitInterval, stepFor } from '../chart/step.ts';
import { place } from '../place/place.ts';
import { readRange, resolveRange } from '../place/range.ts';
import type { Interval, Range } from '../place/range.ts';
import { now } from '../state/now.ts';

/** What the charts of a page draw. */
export interface History {
  readonly range: Range;
  /** The stretch on the time axis. */
  readonly interval: Interval;
  readonly stepSeconds: number;
  readonly series: Resource<Series>;
}

/** The end of ranges that end now; it moves only as often as the page refreshes. */
const presentMs = computed(() => Math.floor(now.value / refreshMs) * refreshMs);

/**
 * The history of an objective over the range in the URL. `all` is asked twice: the whole window
 * first, then finer the part of it that holds measurements.
 */
export function useHistory(id: string, windowLengthSeconds: number): History {
  const range = readRange(place.value.query, { kind: 'all' });
  const wanted = resolveRange(range, presentMs.value, windowLengthSeconds);
  const whole = useSeries(id, wanted);
  const fitted =
    range.kind === 'all' && whole.data ? fitInterval(whole.data.points, wanted) : wanted;
  const isFitted = fitted.fromMs !== wanted.fromMs;
  const part = useSeries(id, isFitted ? fitted : undefined);
  const series = isFitted && part.data ? part : whole;
  const interval = isFitted && part.data ? fitted : wanted;
  return { range, interval, stepSeconds: series.data?.stepSeconds ?? stepFor(interval), series };
}

function useSeries(id: string, interval: Interval | undefined): Resource<Series> {
  const step = interval ? stepFor(interval) : 0;
  const aligned = interval && alignInterval(interval, step);
  return useResource<Series>(aligned ? urls.series(id, aligned, step) : null, 0);
}
