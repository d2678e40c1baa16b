import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { round } from '../shop/cost.ts';
import { routeOf } from '../shop/history.ts';
import type { History, OtherSeries } from '../shop/history.ts';
import { importHistory, startPrometheus } from '../shop/prometheus.ts';
import { ruleSets } from './peer-rules.ts';
import type { RuleSet } from './peer-rules.ts';

/** What Prometheus evaluated the rules on. */
export interface PeerSize {
  readonly objectives: number;
  readonly seriesEach: number;
  readonly days: number;
  readonly scrapeSeconds: number;
}

/** What one evaluation of a tool's rules costs Prometheus, per objective, beyond its idling. */
export interface PeerCost {
  readonly name: string;
  readonly rulesEach: number;
  readonly cpuMsEach: number;
  /** Of the last evaluation, as Prometheus says. */
  readonly wallMsEach: number;
  /** At the tool's own interval. */
  readonly cpuMsPerMinuteEach: number;
}

/** Lets a Prometheus of the bench's own evaluate each tool's rules on the same samples. */
export async function measurePeers(size: PeerSize, directory: string): Promise<PeerCost[]> {
  await importHistory(historyOf(size), directory, recordedBySloth(size));
  const costs: PeerCost[] = [];
  const idle = await measureSet(nothing, size, directory, 0);
  for (const set of ruleSets) {
    costs.push(await measureSet(set, size, directory, idle.cpuMsEach * size.objectives));
  }
  return costs;
}

function historyOf({ objectives, seriesEach, days, scrapeSeconds }: PeerSize): History {
  const scrapeMs = scrapeSeconds * 1000;
  const untilMs = Math.floor(Date.now() / scrapeMs) * scrapeMs;
  const fromMs = untilMs - days * 86_400_000;
  return { fromMs, untilMs, objectives, seriesPerObjective: seriesEach, scrapeMs };
}

/** The 5-minute ratios that Sloth would have recorded of it. */
function recordedBySloth({ objectives }: PeerSize): OtherSeries[] {
  return Array.from({ length: objectives }, (_, index) => {
    const id = routeOf(index);
    const labels = `sloth_id="${id}",sloth_service="shop",sloth_slo="${id}",sloth_window="5m"`;
    const name = `slo:sli_error:ratio_rate5m{${labels}}`;
    return { name, valueAt: (scrape) => (scrape % 100) / 100_000 };
  });
}

/** What Prometheus does beside evaluating rules is not theirs. */
const nothing: RuleSet = {
  name: 'nothing',
  perMinute: 0,
  rulesOf: (objective) => [{ record: 'nothing', expr: 'vector(1)', labels: { slo: objective } }],
};

/** Evaluations that are measured, after one that warms up. */
const evaluations = 3;
const intervalSeconds = 5;

async function measureSet(
  set: RuleSet,
  { objectives }: PeerSize,
  directory: string,
  idleCpuMs: number,
): Promise<PeerCost> {
  const rules = Array.from({ length: objectives }, (_, index) => set.rulesOf(routeOf(index)));
  const group = { name: 'peer', interval: `${intervalSeconds}s`, rules: rules.flat() };
  writeFileSync(join(directory, 'rules.yml'), JSON.stringify({ groups: [group] }));
  const prometheus = await startPrometheus(directory, 'rule_files: [rules.yml]\n');
  try {
    const before = await evaluated(prometheus.url, 1);
    const after = await evaluated(prometheus.url, before.evaluations + evaluations);
    if (after.failures > 0) throw new Error(`${set.name}: ${after.failures} rules failed`);
    const done = after.evaluations - before.evaluations;
    const cpuMsAll = ((after.cpuSeconds - before.cpuSeconds) * 1000) / done;
    const cpuMs = (cpuMsAll - idleCpuMs) / objectives;
    return {
      name: set.name,
      rulesEach: group.rules.length / objectives,
      cpuMsEach: round(cpuMs),
      wallMsEach: round((after.lastSeconds * 1000) / objectives),
      cpuMsPerMinuteEach: round(cpuMs * set.perMinute),
    };
  } finally {
    await prometheus.stop();
  }
}

/** Figures of Prometheus about itself, as soon as it has evaluated the rules so often. */
async function evaluated(url: string, times: number) {
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const read = (name: string) =>
      Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
    const done = read('prometheus_rule_group_iterations_total');
    const lastSeconds = read('prometheus_rule_group_last_duration_seconds');
    if (done >= times && lastSeconds > 0) {
      return {
        evaluations: done,
        lastSeconds,
        cpuSeconds: read('process_cpu_seconds_total'),
        failures: read('prometheus_rule_evaluation_failures_total'),
      };
    }
    await setTimeout(100);
  }
}
