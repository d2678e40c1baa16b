import type { PrometheusClient } from '@sprout/query';
import type { SampleRun } from '../meter/reading.ts';
import { mergeRuns, seriesKey } from '../meter/replicas.ts';
import { targetHistory, targetKey } from '../meter/targets.ts';
import type { TargetHistory } from '../meter/targets.ts';
import type { ProcessSight, RecountRange } from './recount.ts';

/** Minutes before a window whose samples say what was there already. */
export const lookBackMinutes = 15;

type Source = Pick<PrometheusClient, 'query'>;

/** Raw samples of a range; it ends just before the first instant that is no longer of the window. */
export async function samplesOf(
  prometheus: Source,
  selectorText: string,
  { sinceMs, toMs }: RecountRange,
): Promise<readonly SampleRun[]> {
  const seconds = Math.ceil((toMs - sinceMs) / 1000);
  const answer = await prometheus.query(`${selectorText}[${seconds}s]`, toMs - 1);
  if (answer.resultType !== 'matrix') return [];
  return answer.result.map(({ metric, values }) => ({
    labels: metric,
    times: values.map(([at]) => Math.round(at * 1000)),
    values: values.map(([, text]) => Number(text)),
  }));
}

/** When the targets of a range were up, and since when their processes ran. */
export async function targetsOf(prometheus: Source, range: RecountRange): Promise<TargetHistory> {
  const [ups, starts] = await Promise.all([
    samplesOf(prometheus, 'up', range),
    samplesOf(prometheus, 'process_start_time_seconds', range),
  ]);
  return targetHistory(new Map(), { ups, starts });
}

/** What is known of the process that shows a series. */
export function sightOf({ labels }: SampleRun, targets: TargetHistory): ProcessSight {
  const target = targetKey(labels);
  return {
    startAt: (ms) => targets.startAt(target, ms),
    upBefore: (ms) => targets.upBefore(target, ms),
  };
}

/** One series: what the replicas of a pair answered of it, and all that as one run. */
interface SeenSeries {
  readonly run: SampleRun;
  readonly replicas: readonly SampleRun[];
}

/** Runs of one series, whichever replica of a pair answered them, stand together. */
export function seriesOf(
  runs: readonly SampleRun[],
  replicaLabels: readonly string[],
): SeenSeries[] {
  const bare = ({ labels }: SampleRun) =>
    seriesKey(
      Object.fromEntries(Object.entries(labels).filter(([name]) => !replicaLabels.includes(name))),
    );
  return [...Map.groupBy(runs, bare).values()].flatMap((replicas) => {
    const [run] = mergeRuns(replicas, replicaLabels);
    return run === undefined ? [] : [{ run, replicas }];
  });
}
