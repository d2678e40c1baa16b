import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigInput } from '@sprout/process';
import { cpuSecondsOf, residentMbOf } from '../shop/cost.ts';
import { errorOf, eventsOf, routeOf } from '../shop/history.ts';
import type { History } from '../shop/history.ts';
import { routeObjectives, shopConfig } from '../shop/objectives.ts';
import { importHistory, startPrometheus } from '../shop/prometheus.ts';
import type { BenchPrometheus } from '../shop/prometheus.ts';
import { startSloService } from '../shop/slo-service.ts';

const days = Number(process.env['BENCH_DAYS'] ?? 90);
const scrapeSeconds = Number(process.env['BENCH_SCRAPE_SECONDS'] ?? 15);
const dayMs = 86_400_000;

/**
 * How long a service that starts beside a Prometheus with 90 days of history takes until the
 * budgets of all objectives are known by the hour, and until every sample of it is read.
 */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-backfill-'));
  const kept = process.env['BENCH_KEEP'];
  try {
    const data = kept ?? join(directory, 'prometheus');
    const history = await historyIn(data);
    const prometheus = await startPrometheus(data);
    const result = await measure(history, prometheus, join(directory, 'sprout'));
    await prometheus.stop();
    report(json, result);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Most of the time goes into making a history, so one that was kept is used again. */
async function historyIn(directory: string): Promise<History> {
  const note = join(directory, `history-${days}d-${scrapeSeconds}s.json`);
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as History;
  const untilMs = Math.floor(Date.now() / 60_000) * 60_000;
  const history: History = {
    fromMs: untilMs - days * dayMs,
    untilMs,
    objectives: 10,
    seriesPerObjective: 12,
    scrapeMs: scrapeSeconds * 1000,
  };
  console.error(`importing ${days} days of 120 series …`);
  mkdirSync(directory, { recursive: true });
  await importHistory(history, directory);
  writeFileSync(note, JSON.stringify(history));
  return history;
}

interface Result {
  readonly usableSeconds: number;
  /** Of the service since its start, and of Prometheus meanwhile. */
  readonly usableCpuSeconds: number;
  readonly usablePrometheusCpuSeconds: number;
  readonly completeSeconds: number;
  readonly usableErrorMax: number;
  readonly completeErrorMax: number;
  readonly cpuSeconds: number;
  readonly residentMb: number;
}

async function measure(
  history: History,
  { url, pid }: BenchPrometheus,
  dataDir: string,
): Promise<Result> {
  const prometheusCpuBefore = cpuSecondsOf(pid);
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const service = await startSloService(configOf(history, url), dataDir);
  await until(service.url, (source) => source.healthy);
  const usable = await budgetErrors(service.url, history);
  const usableSeconds = seconds();
  const usableCpuSeconds = cpuSecondsOf(service.pid);
  const usablePrometheusCpuSeconds = cpuSecondsOf(pid) - prometheusCpuBefore;
  console.error(
    `usable after ${usableSeconds.toFixed(1)} s, ${usableCpuSeconds} CPU s and ` +
      `${usablePrometheusCpuSeconds} of Prometheus; reading every sample …`,
  );
  await until(service.url, ({ healthy, backfill }) => healthy && backfill === null);
  const completeSeconds = seconds();
  const complete = await budgetErrors(service.url, history);
  const result = {
    usableSeconds,
    usableCpuSeconds,
    usablePrometheusCpuSeconds,
    completeSeconds,
    usableErrorMax: usable,
    completeErrorMax: complete,
    cpuSeconds: cpuSecondsOf(service.pid),
    residentMb: residentMbOf(service.pid),
  };
  await service.stop();
  return result;
}

function configOf({ objectives }: History, url: string): ConfigInput {
  const options = { url, lookBackDays: days + 1, scrapeIntervalSeconds: scrapeSeconds };
  return shopConfig(routeObjectives(objectives, days), options);
}

interface SeenSource {
  readonly name: string;
  readonly healthy: boolean;
  readonly backfill: object | null;
}

async function until(url: string, done: (source: SeenSource) => boolean): Promise<void> {
  for (;;) {
    const answer = (await (await fetch(`${url}/api/v1/sources`)).json()) as { items: SeenSource[] };
    const source = answer.items.find(({ name }) => name === 'prometheus');
    if (source !== undefined && done(source)) return;
    await sleep(50);
  }
}

/** The largest relative error of all budgets' valid and bad events. */
async function budgetErrors(url: string, history: History): Promise<number> {
  const truth = eventsOf(history, history.untilMs);
  const errors: number[] = [];
  for (let index = 0; index < history.objectives; index++) {
    // The window begins before the history, within the look back.
    const path = `${routeOf(index)}/budget?window=${days + 1}d`;
    const answer = await fetch(`${url}/api/v1/objectives/${path}`);
    errors.push(errorOf((await answer.json()) as { valid: number; bad: number }, truth));
  }
  return Math.max(...errors);
}

function report(json: boolean, result: Result): void {
  if (json) return void console.log(JSON.stringify(result));
  const percent = (value: number) => `${(value * 100).toFixed(4)} %`;
  console.log(
    `${days} days, 10 objectives, 120 series, a scrape every ${scrapeSeconds} s\n` +
      `usable after ${result.usableSeconds.toFixed(1)} s (aim ≤ 10), ` +
      `${result.usableCpuSeconds.toFixed(1)} CPU s and Prometheus' ` +
      `${result.usablePrometheusCpuSeconds.toFixed(1)}, ` +
      `figures off by at most ${percent(result.usableErrorMax)}\n` +
      `complete after ${result.completeSeconds.toFixed(1)} s, ` +
      `off by at most ${result.completeErrorMax.toExponential(1)}; ` +
      `${result.cpuSeconds.toFixed(1)} CPU s, ${result.residentMb.toFixed(0)} MB resident`,
  );
}
