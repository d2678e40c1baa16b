import { selects } from '@sprout/query';
import type { CompiledObjective } from '../objective-rules/pairs.ts';

type Selection = CompiledObjective['sli']['valid'][number];

/** Events per second, all of one kind of test traffic. */
export interface Traffic {
  readonly goodPerSecond: number;
  readonly badPerSecond: number;
}

/** A counter and what a good and a bad event add to it. */
export interface EventCounter {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly perGood: number;
  readonly perBad: number;
}

/**
 * Counters in which events of an objective appear, as the services would count them: an
 * observation of a histogram moves its count and its buckets. A bad event of a latency objective
 * is answered, but late; of any other, it is the first kind of failure the objective names.
 */
export function eventCounters(
  { sli }: CompiledObjective,
  objectives: readonly CompiledObjective[],
): EventCounter[] {
  const [valid, good, bad] = [sli.valid[0], sli.good?.[0], sli.bad?.[0]];
  if (valid === undefined) return [];
  if (bad !== undefined) {
    return [
      ...observed(valid.metric, pick(valid, sli.bad ?? []), objectives, { perGood: 1, perBad: 0 }),
      ...observed(bad.metric, pick(bad, []), objectives, { perGood: 0, perBad: 1 }),
    ];
  }
  const { le: _, ...answered } = good === undefined ? {} : pick(good, []);
  return [
    { metric: valid.metric, labels: { ...pick(valid, []), ...answered }, perGood: 1, perBad: 1 },
    ...buckets(valid.metric, { ...pick(valid, []), ...answered }, objectives).map((bucket) => ({
      ...bucket,
      perGood: 1,
      perBad: 0,
    })),
  ];
}

/** Counters in which each series stands once, moved by all that moved it. */
export function merged(counters: readonly EventCounter[]): EventCounter[] {
  const identity = ({ metric, labels }: EventCounter) =>
    JSON.stringify([metric, Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  return [...Map.groupBy(counters, identity).values()].map((same) =>
    same.reduce((sum, { perGood, perBad }) => ({
      ...sum,
      perGood: sum.perGood + perGood,
      perBad: sum.perBad + perBad,
    })),
  );
}

function observed(
  metric: string,
  labels: Readonly<Record<string, string>>,
  objectives: readonly CompiledObjective[],
  per: { readonly perGood: number; readonly perBad: number },
): EventCounter[] {
  return [
    { metric, labels, ...per },
    ...buckets(metric, labels, objectives).map((bucket) => ({ ...bucket, ...per })),
  ];
}

/** The buckets beside a histogram's count that some objective reads. */
function buckets(
  metric: string,
  labels: Readonly<Record<string, string>>,
  objectives: readonly CompiledObjective[],
) {
  if (!metric.endsWith('_count')) return [];
  const bucketMetric = metric.replace(/_count$/, '_bucket');
  const bounds = objectives
    .flatMap(({ sli }) => sli.good ?? [])
    .filter((selection) => selection.metric === bucketMetric)
    .flatMap(({ matchers }) => matchers.filter(({ label }) => label === 'le'))
    .map(({ value }) => value);
  return [...new Set(bounds)].map((le) => ({ metric: bucketMetric, labels: { ...labels, le } }));
}

/** Label values that satisfy the matchers of a selection and of none of `avoid`. */
function pick(selection: Selection, avoid: readonly Selection[]): Record<string, string> {
  let candidates: Record<string, string>[] = [{}];
  for (const { label, op, value } of selection.matchers) {
    const values = op.startsWith('!') ? [`not-${label}`] : alternatives(op, value);
    candidates = candidates.flatMap((labels) =>
      values.map((chosen) => ({ ...labels, [label]: chosen })),
    );
  }
  const { metric } = selection;
  const fitting = candidates.find(
    (labels) => !avoid.some((other) => selects(other, { metric, labels })),
  );
  if (fitting === undefined) throw new RangeError(`every event of ${metric} is bad`);
  return fitting;
}

/** The values of a matcher that signals wrote: one, or several joined by `|`. */
function alternatives(op: string, value: string): string[] {
  if (!op.endsWith('~')) return [value];
  return value.split('|').map((part) => part.replaceAll(/\\(.)/g, '$1'));
}
