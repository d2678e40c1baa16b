import type { MetricSample, TimeSeries } from '@sprout/wire';
import { seriesKey, createStaleness } from './staleness.ts';
import { withTargetLabels } from './target-labels.ts';
import type { TargetLabels } from './target-labels.ts';
import type { Scraped } from './fetch-target.ts';

/** Turns scrapes of one target into series, and ends what is gone. */
export interface Target {
  /**
   * The series to write for a scrape: its samples, what scraping measures itself, and stale markers
   * for series that vanished. All carry one timestamp, so that a query never sees half a scrape.
   */
  series(scraped: Scraped, labels: TargetLabels, timestampMs: number): TimeSeries[];
  /** Stale markers for all its series: it is no target any more. */
  end(timestampMs: number): TimeSeries[];
}

export function createTarget(): Target {
  const staleness = createStaleness();
  return {
    series: (scraped, labels, timestampMs) => {
      const samples = scraped.up ? unique(scraped.samples, labels, timestampMs) : [];
      const own = measured(scraped, samples.length, labels, timestampMs);
      const current = [...samples, ...own];
      return [...current, ...staleness.replace(current, timestampMs)];
    },
    end: (timestampMs) => staleness.replace([], timestampMs),
  };
}

function unique(
  samples: readonly MetricSample[],
  target: TargetLabels,
  timestampMs: number,
): TimeSeries[] {
  const series = new Map<string, TimeSeries>();
  for (const sample of samples) {
    const one = seriesOf(sample, target, timestampMs);
    const key = seriesKey(one.labels);
    // A target that gives a series twice contradicts itself; the first stands.
    if (!series.has(key)) series.set(key, one);
  }
  return [...series.values()];
}

function seriesOf(
  { name, labels, value, exemplar }: MetricSample,
  target: TargetLabels,
  timestampMs: number,
): TimeSeries {
  const series = {
    labels: withTargetLabels([['__name__', name], ...labels], target),
    samples: [{ value, timestampMs }],
  };
  if (exemplar === undefined) return series;
  const at = exemplar.timestampMs ?? timestampMs;
  return { ...series, exemplars: [{ ...exemplar, timestampMs: at }] };
}

function measured(
  scraped: Scraped,
  samples: number,
  target: TargetLabels,
  timestampMs: number,
): TimeSeries[] {
  const values = {
    up: scraped.up ? 1 : 0,
    scrape_duration_seconds: scraped.durationSeconds,
    scrape_samples_scraped: samples,
  };
  return Object.entries(values).map(([name, value]) => ({
    labels: withTargetLabels([['__name__', name]], target),
    samples: [{ value, timestampMs }],
  }));
}
