import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
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
  const young = isFitted && part.data;
  const interval = young ? fitInterval(young.points, fitted) : wanted;
  const shown = young ? part : whole;
  const series = useMemo(() => trimmed(shown, interval.fromMs), [shown, interval.fromMs]);
  return { range, interval, series };
}

/** Points before the time axis begins are in no table either. */
function trimmed(series: Resource<Series>, fromMs: number): Resource<Series> {
  if (!series.data) return series;
  const { points, stepSeconds } = series.data;
  const shown = points.filter(({ at }) => Date.parse(at) + stepSeconds * 1000 > fromMs);
  return { ...series, data: { ...series.data, points: shown } };
}

function useSeries(id: string, interval: Interval | undefined): Resource<Series> {
  const step = interval ? stepFor(interval) : 0;
  const aligned = interval && alignInterval(interval, step);
  return useResource<Series>(aligned ? urls.series(id, aligned, step) : null, 0);
}
