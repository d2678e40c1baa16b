import { RequestError } from '../../http/request-error.ts';
import { streamKey } from '../../store/log-line.ts';
import type { Store } from '../../store/store.ts';
import { labelsOf } from './pipeline.ts';
import type { Entry } from './pipeline.ts';
import type { MetricQuery } from './query.ts';
import { visitLines } from './select-lines.ts';

/** One output series: a value for each evaluation time at which it has lines. */
export interface MetricSeries {
  readonly metric: Readonly<Record<string, string>>;
  /** Unix seconds and value. */
  readonly values: (readonly [number, number])[];
}

/** Evaluation times, Unix milliseconds, both ends included. */
export interface Steps {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

/** Values of one answer: series × steps. */
export const answerValuesMax = 100_000;
/** Steps of one answer, as in Prometheus and Loki. */
export const answerStepsMax = 11_000;

/**
 * Counts lines (or their bytes) in the range before each step, as Loki does: (t − range, t].
 * Throws RequestError 400 when the answer would be too large.
 */
export async function evaluateMetric(
  store: Store,
  query: MetricQuery,
  steps: Steps,
): Promise<MetricSeries[]> {
  const count = Math.floor((steps.toMs - steps.fromMs) / steps.stepMs) + 1;
  if (count > answerStepsMax) {
    throw new RequestError(400, `${count} steps are over the limit of ${answerStepsMax}`);
  }
  const series = new Map<string, { metric: Record<string, string>; sums: Float64Array }>();
  const range = {
    fromNs: nanoseconds(steps.fromMs - query.rangeMs),
    toNs: nanoseconds(steps.toMs) + 1n,
  };
  await visitLines(store, query.log, range, (entry) => {
    const metric = metricOf(query, entry);
    const key = streamKey(metric);
    const one = series.get(key) ?? { metric, sums: new Float64Array(count) };
    if (series.size * count > answerValuesMax) {
      throw new RequestError(
        400,
        `the answer has over ${answerValuesMax} values; sum by fewer labels`,
      );
    }
    series.set(key, one);
    addToSteps(one.sums, entry, query, steps);
  });
  return [...series.values()].map(({ metric, sums }) => ({
    metric,
    values: valuesOf(sums, query, steps),
  }));
}

function metricOf(query: MetricQuery, entry: Entry): Record<string, string> {
  if (query.sumBy === undefined) return labelsOf(entry);
  const labels = labelsOf(entry);
  return Object.fromEntries(
    query.sumBy.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])),
  );
}

/** A line counts in every step t with t − range < time ≤ t. */
function addToSteps(sums: Float64Array, entry: Entry, query: MetricQuery, steps: Steps): void {
  const timeMs = Number(entry.timeNs) / 1e6;
  const weight = query.fn.startsWith('bytes') ? Buffer.byteLength(entry.line) : 1;
  const first = Math.max(0, Math.ceil((timeMs - steps.fromMs) / steps.stepMs));
  for (let step = first; step < sums.length; step++) {
    if (steps.fromMs + step * steps.stepMs - query.rangeMs >= timeMs) return;
    sums[step] = (sums[step] ?? 0) + weight;
  }
}

function valuesOf(
  sums: Float64Array,
  query: MetricQuery,
  steps: Steps,
): (readonly [number, number])[] {
  const divisor = query.fn === 'rate' || query.fn === 'bytes_rate' ? query.rangeMs / 1000 : 1;
  const values: (readonly [number, number])[] = [];
  for (const [step, sum] of sums.entries()) {
    const seconds = (steps.fromMs + step * steps.stepMs) / 1000;
    if (sum > 0) values.push([seconds, sum / divisor]);
  }
  return values;
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n;
}
