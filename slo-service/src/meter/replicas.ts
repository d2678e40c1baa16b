import type { Reading, SampleRun } from './reading.ts';

/**
 * One run for each series, however many replicas of a Prometheus pair answered it: labels that
 * tell replicas apart are dropped, their samples interleaved, and those of one instant kept once.
 */
export function withoutReplicas(reading: Reading, replicaLabels: readonly string[]): Reading {
  const merge = (runs: readonly SampleRun[]) => mergeRuns(runs, replicaLabels);
  return {
    ...reading,
    ups: merge(reading.ups),
    starts: merge(reading.starts),
    counters: new Map(Array.from(reading.counters, ([key, runs]) => [key, merge(runs)])),
  };
}

/** The same for the runs of one selector. */
export function mergeRuns(runs: readonly SampleRun[], replicaLabels: readonly string[]) {
  const isReplica = ({ labels }: SampleRun) => replicaLabels.some((label) => label in labels);
  if (!runs.some(isReplica)) return runs;
  const stripped = runs.map((run) => ({ ...run, labels: strip(run.labels, replicaLabels) }));
  const bySeries = Map.groupBy(stripped, ({ labels }) => seriesKey(labels));
  return Array.from(bySeries.values(), interleave);
}

function strip(labels: SampleRun['labels'], replicaLabels: readonly string[]) {
  return Object.fromEntries(
    Object.entries(labels).filter(([name]) => !replicaLabels.includes(name)),
  );
}

function interleave(runs: readonly SampleRun[]): SampleRun {
  const byTime = new Map<number, number>();
  for (const { times, values } of runs) {
    for (const [index, timeMs] of times.entries()) {
      if (!byTime.has(timeMs)) byTime.set(timeMs, values[index] ?? Number.NaN);
    }
  }
  const samples = [...byTime].toSorted(([a], [b]) => a - b);
  return {
    labels: runs[0]?.labels ?? {},
    times: samples.map(([timeMs]) => timeMs),
    values: samples.map(([, value]) => value),
  };
}

/** Labels in a fixed order; two series of one metric differ in at least one. */
export function seriesKey(labels: SampleRun['labels']): string {
  const pairs = Object.entries(labels).filter(([name]) => name !== '__name__');
  return JSON.stringify(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
