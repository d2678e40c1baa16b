import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileConfig, timing } from '@sprout/process';
import { prometheusClient } from '@sprout/query';
import {
  createMeter,
  meterRules,
  openSqliteLedger,
  planMeter,
  prometheusSource,
} from '@sprout/slo-service/figures';
import { costOf, cpuSecondsOf, residentMbOf } from '../shop/cost.ts';
import { errorOf, eventsOf } from '../shop/history.ts';
import type { History } from '../shop/history.ts';
import { routeObjectives, shopConfig } from '../shop/objectives.ts';
import { prometheusOf } from '../shop/prometheus.ts';
import type { BenchPrometheus } from '../shop/prometheus.ts';

const minuteMs = 60_000;
const ticksPerMinute = 4;
/** Out-of-order window and a batch, so that what is measured has finals in their usual number. */
const warmMinutes = 16;
const measuredMinutes = 10;

/** What a minute of metering costs. */
export interface MeteringCosts {
  /** Of the meter: queries, folding, commits. */
  readonly cpuMs: number;
  readonly slowestTickMs: number;
  readonly queries: number;
  readonly samples: number;
  readonly prometheusCpuMs: number;
  readonly residentMb: number;
  /** Largest relative error of the objectives' valid and bad events. */
  readonly errorMax: number;
}

const [objectives = 0, seriesPerObjective = 0] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(await measureMetering(objectives, seriesPerObjective)));

/** Meters minutes of a real Prometheus' history as if they were now, a tick every 15 s. */
async function measureMetering(
  objectives: number,
  seriesPerObjective: number,
): Promise<MeteringCosts> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-metering-'));
  const untilMs = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const fromMs = untilMs - (warmMinutes + measuredMinutes + 1) * minuteMs;
  const history: History = { fromMs, untilMs, objectives, seriesPerObjective, scrapeMs: 15_000 };
  try {
    const prometheus = await prometheusOf(history, directory);
    const costs = await meterHistory(history, prometheus, join(directory, 'ledger.sqlite'));
    await prometheus.stop();
    return costs;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function meterHistory(
  history: History,
  { url, pid }: BenchPrometheus,
  path: string,
): Promise<MeteringCosts> {
  const objectives = routeObjectives(history.objectives, 30);
  const plan = planMeter(compileConfig(shopConfig(objectives, { url }), tmpdir()));
  const rules = meterRules(timing(1));
  const client = prometheusClient({ address: () => url, timeoutMs: 60_000 });
  const source = prometheusSource(client, plan, rules);
  const ledger = openSqliteLedger(path);
  const meter = await createMeter({ plan, rules, source, ledger, nowMs: history.fromMs });
  let nowMs = history.fromMs;
  const ticks = async (minutes: number) => {
    const costs: number[] = [];
    for (let tick = 0; tick < minutes * ticksPerMinute; tick++) {
      nowMs += minuteMs / ticksPerMinute;
      costs.push((await costOf(() => meter.tick(nowMs))).wallMs);
    }
    return Math.max(...costs);
  };
  await ticks(warmMinutes);
  const before = { ...source.usage(), theirs: cpuSecondsOf(pid) };
  let slowestTickMs = 0;
  const { cpuMs } = await costOf(async () => (slowestTickMs = await ticks(measuredMinutes)));
  const after = source.usage();
  const theirs = cpuSecondsOf(pid) - before.theirs;
  const residentMb = residentMbOf(process.pid);
  const truth = eventsOf(history, nowMs);
  const errors: number[] = [];
  for (const { id } of plan.objectives) {
    errors.push(errorOf(await ledger.sum(id, history.fromMs / minuteMs, nowMs / minuteMs), truth));
  }
  await ledger.close();
  const perMinute = (amount: number) => Math.round(amount / measuredMinutes);
  return {
    cpuMs: perMinute(cpuMs),
    slowestTickMs: Math.round(slowestTickMs),
    queries: perMinute(after.queries - before.queries),
    samples: perMinute(after.samples - before.samples),
    prometheusCpuMs: perMinute(theirs * 1000),
    residentMb,
    errorMax: Math.max(...errors),
  };
}
