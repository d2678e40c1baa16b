import { statSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseWindow } from '@sprout/objectives';
import { createLifecycle, createLogger, timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import {
  declaredInMinutes,
  ledgerView,
  ledgerWindow,
  minuteClock,
  openSqliteLedger,
  readBudget,
  readerOf,
  startSloService,
} from '@sprout/slo-service/figures';
import { costOf, quantile, round, timed } from './cost.ts';
import type { Cost } from './cost.ts';
import { configOf, ledgerPath, windows } from './world.ts';

/** What reading figures costs. */
export interface StatusCosts {
  readonly objectives: number;
  readonly days: number;
  readonly ledgerMegabytes: number;
  /** Budgets of all event objectives over all windows: after a start, and a minute later. */
  readonly allBudgets: { readonly first: Cost; readonly again: Cost };
  /** The later of these, per budget, by length of the window. */
  readonly cpuUsByWindow: Readonly<Record<string, number>>;
  /** One 30-day budget, by kind; `first` fills the memory of days. */
  readonly oneBudget: Readonly<Record<string, { readonly first: Cost; readonly p50Ms: number }>>;
  readonly api: ApiCosts;
}

/** What answering over HTTP costs, client included: it runs in the same process. */
export interface ApiCosts {
  /** Until the service answers, with a ledger that is there; the first time and the next. */
  readonly start: { readonly first: Cost; readonly again: Cost };
  /** All statuses, each a budget, burn rates and a verdict: the first list after a start. */
  readonly list: Cost;
  /** One 30-day budget. */
  readonly budget: { readonly p50Ms: number; readonly p95Ms: number; readonly cpuMs: number };
  readonly rssMegabytes: number;
}

/** Fills a ledger, then reads it as the service does. */
export async function measureStatus(
  objectives: number,
  days: number,
  directory: string,
): Promise<StatusCosts> {
  const path = ledgerPath(directory);
  const config = configOf(objectives, directory);
  const end = minuteClock(timing(1)).endAt(Date.now());
  const fill = fileURLToPath(new URL('fill.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [
    fill,
    ...[objectives, days, end].map(String),
    directory,
  ]);
  const ledgerMegabytes = Math.round(statSync(path).size / 1e6);
  const api = await throughApi(config);
  return { objectives, days, ledgerMegabytes, ...(await readings(config, path, end)), api };
}

async function readings(config: SproutConfig, path: string, end: number) {
  const clock = minuteClock(timing(1));
  const ledger = openSqliteLedger(path);
  const historyOf = (one: SproutConfig['objectives'][number]) =>
    declaredInMinutes(one, clock.minuteMs);
  const parts = { ledger, objectives: config.objectives, historyOf, presentMinute: () => end };
  const view = ledgerView(parts);
  const readers = new Map(
    config.objectives.map((one) => [
      one.id,
      readerOf({ ledger: view, exclusions: () => [], clock, historyOf }, one),
    ]),
  );
  const read = async (id: string, window: string, endMinute: number) => {
    const reader = readers.get(id);
    if (reader === undefined) throw new Error(`no objective ${id}`);
    await readBudget(reader, ledgerWindow(parseWindow(window), endMinute), clock);
  };
  const events = config.objectives.filter(({ sli }) => sli.kind === 'availability');
  const all = (endMinute: number, over = windows) =>
    costOf(async () => {
      for (const { id } of events) for (const window of over) await read(id, window, endMinute);
    });
  const allBudgets = { first: await all(end - 1), again: await all(end) };
  const byWindow: [string, number][] = [];
  for (const window of windows) {
    const { cpuMs } = await all(end, [window]);
    byWindow.push([window, round((cpuMs * 1000) / events.length)]);
  }
  const oneBudget: Record<string, { readonly first: Cost; readonly p50Ms: number }> = {};
  for (const id of ['event-0', 'slice', 'composite']) {
    const first = await costOf(() => read(id, '30d', end));
    const times = await timed(100, () => read(id, '30d', end));
    oneBudget[id] = { first, p50Ms: quantile(times, 0.5) };
  }
  await ledger.close();
  return { allBudgets, cpuUsByWindow: Object.fromEntries(byWindow), oneBudget };
}

/** The service on that ledger, beside a Prometheus that is away. */
async function throughApi(config: SproutConfig): Promise<ApiCosts> {
  const logger = createLogger('slo-service');
  logger.silent = true;
  const started = async () => {
    const lifecycle = createLifecycle(logger);
    return { lifecycle, ...(await startSloService(config, logger, lifecycle)) };
  };
  const first = await costOf(async () => (await started()).lifecycle.stop());
  let service: Awaited<ReturnType<typeof started>> | undefined;
  const again = await costOf(async () => (service = await started()));
  if (service === undefined) throw new Error('the service did not start');
  const { url, lifecycle } = service;
  const get = async (path: string) => {
    const response = await fetch(`${url}/api/v1/objectives${path}`);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${response.status} for ${path}`);
  };
  const list = await costOf(() => get('?limit=100'));
  const rounds = 500;
  let times: number[] = [];
  const { cpuMs } = await costOf(async () => {
    times = await timed(rounds, () => get('/event-0/budget?window=30d'));
  });
  const rssMegabytes = Math.round(process.memoryUsage.rss() / 1e6);
  await lifecycle.stop();
  const budget = {
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    cpuMs: round(cpuMs / rounds),
  };
  return { start: { first, again }, list, budget, rssMegabytes };
}
