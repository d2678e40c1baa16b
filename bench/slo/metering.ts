import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availability, objective, rolling } from '@sprout/objectives';
import { compileConfig, timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { prometheusClient } from '@sprout/query';
import { counter, noPanel } from '@sprout/signals';
import {
  createMeter,
  meterRules,
  openSqliteLedger,
  planMeter,
  prometheusSource,
} from '@sprout/slo-service/figures';
import { eventsAt, routeOf, writeHistory } from '../backfill/history.ts';
import type { History } from '../backfill/history.ts';
import { importBlocks, startPrometheus } from '../backfill/prometheus.ts';
import { cpuSecondsOf } from '../backfill/slo-service.ts';

const minuteMs = 60_000;
const ticksPerMinute = 4;
/** Out-of-order window and a batch, so that what is measured has finals in their usual number. */
const warmMinutes = 16;
const measuredMinutes = 10;

/** What a minute of metering costs. */
export interface MeteringCosts {
  readonly objectives: number;
  readonly seriesPerObjective: number;
  /** Of this process: queries, folding, commits; per minute of metering. */
  readonly cpuMs: number;
  readonly slowestTickMs: number;
  readonly queries: number;
  readonly samples: number;
  readonly prometheusCpuMs: number;
  readonly rssMegabytes: number;
  /** Largest relative error of the objectives' valid and bad events. */
  readonly errorMax: number;
}

/** Meters minutes of a real Prometheus' history as if they were now, a tick every 15 s. */
export async function measureMetering(
  objectives: number,
  seriesPerObjective = 20,
): Promise<MeteringCosts> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-metering-'));
  const untilMs = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const fromMs = untilMs - (warmMinutes + measuredMinutes + 1) * minuteMs;
  const history: History = { fromMs, untilMs, objectives, seriesPerObjective, scrapeMs: 15_000 };
  try {
    const text = join(directory, 'history.txt');
    await writeHistory(history, text);
    importBlocks(text, directory);
    rmSync(text);
    const prometheus = await startPrometheus(directory);
    const costs = await meterHistory(history, prometheus, join(directory, 'ledger.sqlite'));
    await prometheus.stop();
    return costs;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function meterHistory(
  history: History,
  prometheus: { readonly url: string; readonly pid: number },
  path: string,
): Promise<MeteringCosts> {
  const plan = planMeter(configOf(history, prometheus.url));
  const rules = meterRules(timing(1));
  const client = prometheusClient({ address: () => prometheus.url, timeoutMs: 60_000 });
  const source = prometheusSource(client, plan, rules.scrapeIntervalMs);
  const ledger = openSqliteLedger(path);
  const meter = await createMeter({ plan, rules, source, ledger, nowMs: history.fromMs });
  const tickMs = minuteMs / ticksPerMinute;
  let nowMs = history.fromMs;
  const run = async (minutes: number) => {
    let slowestMs = 0;
    for (let tick = 0; tick < minutes * ticksPerMinute; tick++) {
      nowMs += tickMs;
      const began = performance.now();
      await meter.tick(nowMs);
      slowestMs = Math.max(slowestMs, performance.now() - began);
    }
    return slowestMs;
  };
  await run(warmMinutes);
  const before = { ...source.usage(), theirs: cpuSecondsOf(prometheus.pid) };
  const cpu = process.cpuUsage();
  const slowestTickMs = await run(measuredMinutes);
  const { user, system } = process.cpuUsage(cpu);
  const after = source.usage();
  const theirs = cpuSecondsOf(prometheus.pid) - before.theirs;
  const rssMegabytes = Math.round(process.memoryUsage.rss() / 1e6);
  const perMinute = (amount: number) => Math.round(amount / measuredMinutes);
  const errors: number[] = [];
  for (const { id } of plan.objectives) {
    const [fromMinute, toMinute] = [history.fromMs, nowMs].map((ms) => Math.floor(ms / minuteMs));
    const sum = await ledger.sum(id, fromMinute ?? 0, toMinute ?? 0);
    errors.push(errorOf(sum, history, nowMs));
  }
  await ledger.close();
  return {
    objectives: history.objectives,
    seriesPerObjective: history.seriesPerObjective,
    cpuMs: perMinute((user + system) / 1000),
    slowestTickMs: Math.round(slowestTickMs),
    queries: perMinute(after.queries - before.queries),
    samples: perMinute(after.samples - before.samples),
    prometheusCpuMs: perMinute(theirs * 1000),
    rssMegabytes,
    errorMax: Math.max(...errors),
  };
}

/** An objective for each route, a third of its series bad. */
function configOf({ objectives }: History, url: string): SproutConfig {
  const requests = counter('shop_requests_total', {
    help: 'Requests.',
    owner: 'shop',
    labels: { route: 'any', code: ['200', '500'] },
    panel: noPanel(),
    noAlert: 'a bench',
  });
  return compileConfig(
    {
      market: { enabled: false },
      telemetry: { prometheus: { url } },
      services: [{ name: 'shop', endpoint: { url: 'http://127.0.0.1:1' } }],
      signals: [requests],
      objectives: Array.from({ length: objectives }, (_, index) =>
        objective(routeOf(index), {
          owner: 'shop',
          target: 0.99,
          window: rolling('30d'),
          alerts: false,
          sli: availability(requests.where({ route: routeOf(index) }), {
            bad: requests.where({ route: routeOf(index), code: ['500'] }),
          }),
        }),
      ),
    },
    tmpdir(),
  );
}

/** Against what was generated: the process began with the history, so all of it counts. */
function errorOf(
  sum: { readonly valid: number; readonly bad: number },
  { fromMs, scrapeMs, seriesPerObjective }: History,
  untilMs: number,
): number {
  const truth = { valid: 0, bad: 0 };
  const scrapes = Math.floor((untilMs - fromMs) / scrapeMs);
  for (let series = 0; series < seriesPerObjective; series++) {
    const isBad = series % 3 === 0;
    for (let scrape = 0; scrape < scrapes; scrape++) {
      const events = eventsAt(series, isBad, scrape);
      truth.valid += events;
      truth.bad += isBad ? events : 0;
    }
  }
  const relative = (found: number, real: number) =>
    real === 0 ? Math.abs(found) : Math.abs(found / real - 1);
  return Math.max(relative(sum.valid, truth.valid), relative(sum.bad, truth.bad));
}
