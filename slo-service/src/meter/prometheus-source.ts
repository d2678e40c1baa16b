import { selector } from '@sprout/query';
import type { PrometheusClient } from '@sprout/query';
import type { MeterPlan } from './plan.ts';
import type { Reading, SampleRun, SampleSource } from './reading.ts';

/** Queries that run at the same time. */
const queriesMax = 4;

/**
 * Reads raw samples through the query API of Prometheus: an instant query of a range selector
 * answers samples with their own timestamps, neither aligned nor extrapolated.
 */
export function prometheusSource(client: PrometheusClient, plan: MeterPlan): SampleSource {
  const ups = ofTargets('up', plan);
  const starts = ofTargets('process_start_time_seconds', plan);
  return {
    read: async ({ fromMs, toMs }) => {
      const counters = [...plan.selections.keys()];
      const runs = await inTurn([ups, starts, ...counters], (text) =>
        readRuns(client, text, fromMs, toMs),
      );
      return {
        fromMs,
        toMs,
        ups: runs[0] ?? [],
        starts: runs[1] ?? [],
        counters: new Map(counters.map((text, index) => [text, runs[index + 2] ?? []])),
      } satisfies Reading;
    },
  };
}

/** Only services that objectives are measured at. */
function ofTargets(metric: string, { objectives, jobs }: MeterPlan): string {
  const services = [...new Set(objectives.flatMap(({ services }) => services))];
  const value = services
    .map((name) => jobs.get(name) ?? name)
    .map((job) => job.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
  return selector({ metric, matchers: [{ label: 'job', op: '=~', value }] }).text;
}

async function readRuns(
  client: PrometheusClient,
  selectorText: string,
  fromMs: number,
  toMs: number,
): Promise<SampleRun[]> {
  // Ranges are closed at their end, and before Prometheus 3 at their beginning too.
  const answer = await client.query(`${selectorText}[${toMs - fromMs}ms]`, toMs - 1);
  if (answer.resultType !== 'matrix') return [];
  return answer.result.map(({ metric, values }) => {
    const samples = values
      .map(([seconds, value]) => [Math.round(seconds * 1000), Number(value)] as const)
      .filter(([timeMs]) => timeMs >= fromMs && timeMs < toMs);
    return {
      labels: metric,
      times: samples.map(([timeMs]) => timeMs),
      values: samples.map(([, value]) => value),
    };
  });
}

/** Results in the order of the items, with at most `queriesMax` running. */
async function inTurn<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next[0]] = await run(next[1]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(queriesMax, items.length) }, work));
  return results;
}
