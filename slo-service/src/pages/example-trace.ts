import { selector } from '@sprout/query';
import type { ExemplarSeries, PrometheusClient } from '@sprout/query';
import type { CounterSelection, Matcher } from '@sprout/signals';
import type { ObjectiveConfig } from '../status/objective-config.ts';

/**
 * The trace of the slowest event that was bad for the objective, the newest of equals: an exemplar
 * of its bad series, or of an observation that took too long or was not answered well. The slowest
 * shows where the time went; what a circuit breaker turns away at once shows nothing. Undefined
 * when there is none.
 */
export async function exampleTrace(
  client: Pick<PrometheusClient, 'queryExemplars'>,
  { sli }: ObjectiveConfig,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<string | undefined> {
  const sources = (sli.bad ?? sli.valid).map(bucketsOf);
  const found = await Promise.all(
    sources.map((source) => client.queryExemplars(selector(source).text, range)),
  );
  const slowSeconds = sli.thresholdSeconds ?? Infinity;
  const good = (sli.good ?? []).map(bucketsOf);
  const isBad = (series: ExemplarSeries, value: number) =>
    sli.bad !== undefined || value > slowSeconds || !matchesAny(series.seriesLabels, good);
  return slowestTrace(found.flat(), isBad);
}

/** Exemplars hang on the buckets of a histogram, counted by whatever part of it. */
function bucketsOf({ metric, matchers }: CounterSelection) {
  return {
    metric: metric.replace(/_(count|bucket)$/, '_bucket'),
    matchers: matchers.filter(({ label }) => label !== 'le'),
  };
}

function slowestTrace(
  series: readonly ExemplarSeries[],
  isBad: (series: ExemplarSeries, value: number) => boolean,
): string | undefined {
  const bad = series.flatMap((one) =>
    one.exemplars
      .filter(({ labels, value }) => labels['trace_id'] && isBad(one, Number(value)))
      .map(({ labels, timestamp, value }) => ({
        traceId: labels['trace_id'],
        timestamp,
        seconds: Number(value),
      })),
  );
  return bad.toSorted((a, b) => b.seconds - a.seconds || b.timestamp - a.timestamp)[0]?.traceId;
}

function matchesAny(
  labels: Readonly<Record<string, string>>,
  selections: readonly { readonly matchers: readonly Matcher[] }[],
): boolean {
  return selections.some(({ matchers }) => matchers.every((matcher) => matches(labels, matcher)));
}

/** The regular expressions of selections are alternatives of quoted values. */
function matches(labels: Readonly<Record<string, string>>, { label, op, value }: Matcher): boolean {
  const actual = labels[label] ?? '';
  if (op === '=') return actual === value;
  if (op === '!=') return actual !== value;
  return new RegExp(`^(?:${value})$`).test(actual) === (op === '=~');
}
