import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { availability, objective, rolling } from '@sprout/objectives';
import { counter, noPanel } from '@sprout/signals';
import type { ConfigInput } from '@sprout/process';
import { eventsAt, routeOf, writeHistory } from './history.ts';
import type { History } from './history.ts';
import { importBlocks, startPrometheus } from './prometheus.ts';
import type { BenchPrometheus } from './prometheus.ts';
import { cpuSecondsOf, startSloService } from './slo-service.ts';

const days = Number(process.env['BENCH_DAYS'] ?? 90);
const scrapeSeconds = Number(process.env['BENCH_SCRAPE_SECONDS'] ?? 15);
const dayMs = 86_400_000;

/**
 * How long a service that starts beside a Prometheus with 90 days of history takes until the
 * budgets of all objectives are known by the hour, and until every sample of it is read.
 */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-backfill-'));
  const untilMs = Math.floor(Date.now() / 60_000) * 60_000;
  const history: History = {
    fromMs: untilMs - days * dayMs,
    untilMs,
    objectives: 10,
    seriesPerObjective: 12,
    scrapeMs: scrapeSeconds * 1000,
  };
  try {
    const text = join(directory, 'history.txt');
    console.error(`writing ${days} days of 120 series …`);
    await writeHistory(history, text);
    console.error(`importing ${Math.round(statSync(text).size / 1e6)} MB …`);
    importBlocks(text, directory);
    rmSync(text);
    const prometheus = await startPrometheus(directory);
    const result = await measure(history, prometheus, join(directory, 'sprout'));
    await prometheus.stop();
    report(json, result);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
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
  const usableCpuSeconds = service.cpuSeconds();
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
    cpuSeconds: service.cpuSeconds(),
    residentMb: service.residentMb(),
  };
  await service.stop();
  return result;
}

function configOf(history: History, url: string): ConfigInput {
  const requests = counter('shop_requests_total', {
    help: 'Requests.',
    owner: 'shop',
    labels: { route: 'any', code: ['200', '500'] },
    panel: noPanel(),
    noAlert: 'a bench',
  });
  return {
    market: { enabled: false },
    telemetry: {
      prometheus: { url, lookBackDays: days + 1, scrapeIntervalSeconds: scrapeSeconds },
    },
    services: [{ name: 'shop', endpoint: { url: 'http://127.0.0.1:1' } }],
    signals: [requests],
    objectives: Array.from({ length: history.objectives }, (_, index) =>
      objective(routeOf(index), {
        owner: 'shop',
        target: 0.99,
        window: rolling('90d'),
        sli: availability(requests.where({ route: routeOf(index) }), {
          bad: requests.where({ route: routeOf(index), code: ['500'] }),
        }),
      }),
    ),
  };
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
  const errors: number[] = [];
  for (let index = 0; index < history.objectives; index++) {
    const answer = await fetch(
      `${url}/api/v1/objectives/${routeOf(index)}/budget?window=${days + 1}d`,
    );
    const { valid, bad } = (await answer.json()) as { valid: number; bad: number };
    const truth = truthOf(history);
    errors.push(Math.abs(valid / truth.valid - 1), Math.abs(bad / truth.bad - 1));
  }
  return Math.max(...errors);
}

/** All that happened: the process began with the history, within the look back of a day more. */
function truthOf({ fromMs, untilMs, scrapeMs, seriesPerObjective }: History) {
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
  return truth;
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
