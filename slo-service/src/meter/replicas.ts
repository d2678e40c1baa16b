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

/** Keys of the label sets that are in memory: a reading is folded more than once. */
const keys = new WeakMap<SampleRun['labels'], string>();

/** Labels in a fixed order; two series of one metric differ in at least one. */
export function seriesKey(labels: SampleRun['labels']): string {
  const known = keys.get(labels);
  if (known !== undefined) return known;
  const pairs = Object.entries(labels).filter(([name]) => name !== '__name__');
  const key = JSON.stringify(inOrder(pairs));
  keys.set(labels, key);
  return key;
}

/** Prometheus answers labels in order already. */
function inOrder(pairs: [string, string][]): [string, string][] {
  const isSorted = pairs.every(([name], index) => name > (pairs[index - 1]?.[0] ?? ''));
  return isSorted ? pairs : pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
