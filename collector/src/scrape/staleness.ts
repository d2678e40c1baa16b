import type { Labels, TimeSeries } from '@sprout/wire';

/** Remembers which series a target had, so that those that are gone can be ended. */
export interface Staleness {
  /**
   * Takes a scrape's series and returns stale markers for the series of the scrape before that it
   * no longer has.
   */
  replace(series: readonly TimeSeries[], timestampMs: number): TimeSeries[];
}

export function createStaleness(): Staleness {
  let previous = new Map<string, Labels>();
  return {
    replace: (series, timestampMs) => {
      const current = new Map(series.map(({ labels }) => [seriesKey(labels), labels]));
      const gone = [...previous].filter(([key]) => !current.has(key));
      previous = current;
      return gone.map(([, labels]) => staleMarker(labels, timestampMs));
    },
  };
}

/** One text per label set. */
export function seriesKey(labels: Labels): string {
  return labels.map(([name, value]) => `${name}\u0001${value}`).join('\u0002');
}

function staleMarker(labels: Labels, timestampMs: number): TimeSeries {
  return { labels, samples: [{ value: Number.NaN, timestampMs, stale: true }] };
}
