import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { all, availability, objective, parseWindow, rolling, timeSlice } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import { compileConfig, createLifecycle, createLogger, timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { counter, noPanel } from '@sprout/signals';
import {
  declaredInMinutes,
  ledgerView,
  ledgerWindow,
  minuteClock,
  minuteState,
  openSqliteLedger,
  readBudget,
  readerOf,
  startSloService,
} from '@sprout/slo-service/figures';

const windows = ['1h', '6h', '1d', '3d', '7d', '28d', '30d', '90d'];
const dayMinutes = 1440;

/** What reading figures costs. */
export interface StatusCosts {
  readonly objectives: number;
  readonly days: number;
  readonly ledgerMegabytes: number;
  /** Budgets of all objectives over all windows. */
  readonly allBudgets: { readonly cpuMs: number; readonly wallMs: number };
  /** One 30-day budget, milliseconds, by kind; `first` fills the memory of days. */
  readonly oneBudget: Readonly<Record<string, { readonly first: number; readonly p95: number }>>;
  readonly apiMs: { readonly p50: number; readonly p95: number };
  readonly rssMegabytes: number;
}

/** Fills a ledger, then reads it as the service does. */
export async function measureStatus(objectives: number, days: number): Promise<StatusCosts> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-slo-'));
  const path = join(directory, 'slo-service', 'ledger.sqlite');
  const config = configOf(objectives, directory);
  const clock = minuteClock(timing(1));
  const end = clock.endAt(Date.now());
  try {
    const ledger = openSqliteLedger(path);
    const stored = config.objectives.filter(({ sli }) => sli.composite === undefined);
    for (const { id } of stored) await ledger.commit(filled(id, end, days));
    const historyOf = (one: SproutConfig['objectives'][number]) =>
      declaredInMinutes(one, clock.minuteMs);
    const parts = { ledger, objectives: config.objectives, historyOf, presentMinute: () => end };
    const view = ledgerView(parts);
    const readers = config.objectives.map((one) =>
      readerOf({ ledger: view, exclusions: () => [], clock, historyOf }, one),
    );
    const oneBudget = Object.fromEntries(
      await Promise.all(
        ['event-0', 'slice', 'composite'].map(async (id) => {
          const reader = readers[config.objectives.findIndex((one) => one.id === id)];
          if (reader === undefined) throw new Error(`no objective ${id}`);
          const times = await timed(100, () =>
            readBudget(reader, ledgerWindow(rolling('30d'), end), clock),
          );
          const first = round(times[0] ?? 0);
          return [id, { first, p95: round(quantile(times.slice(1), 0.95)) }] as const;
        }),
      ),
    );
    const [cpu, wall] = [process.cpuUsage(), performance.now()];
    for (const reader of readers) {
      for (const name of windows) {
        await readBudget(reader, ledgerWindow(parseWindow(name), end), clock);
      }
    }
    const { user, system } = process.cpuUsage(cpu);
    const allBudgets = {
      cpuMs: round((user + system) / 1000),
      wallMs: round(performance.now() - wall),
    };
    await ledger.close();
    return {
      objectives: config.objectives.length,
      days,
      ledgerMegabytes: Math.round(statSync(path).size / 1e6),
      allBudgets,
      oneBudget,
      apiMs: await throughApi(config),
      rssMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The service on that ledger, beside a Prometheus that is away. */
async function throughApi(config: SproutConfig): Promise<StatusCosts['apiMs']> {
  const logger = createLogger('slo-service');
  logger.silent = true;
  const lifecycle = createLifecycle(logger);
  const { url } = await startSloService(config, logger, lifecycle);
  const times = await timed(200, async () => {
    const response = await fetch(`${url}/api/v1/objectives/event-0/budget?window=30d`);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${response.status} for a budget`);
  });
  await lifecycle.stop();
  return { p50: round(quantile(times, 0.5)), p95: round(quantile(times, 0.95)) };
}

function configOf(count: number, dataDir: string): SproutConfig {
  const requests = counter('requests_total', {
    help: 'Requests.',
    owner: 'shop',
    labels: { outcome: ['ok', 'failed'] },
    panel: noPanel(),
    noAlert: 'a bench',
  });
  const events = availability(requests.where({}), { bad: requests.where({ outcome: 'failed' }) });
  const options = { owner: 'shop', target: 0.99, window: rolling('30d'), alerts: false };
  const plain = Array.from({ length: count }, (_, index) =>
    objective(`event-${index}`, { ...options, sli: events }),
  );
  const slice = objective('slice', {
    ...options,
    sli: timeSlice(events, { goodRatioMin: 0.95, slice: '5m' }),
  });
  const members: readonly Objective[] = [...plain.slice(0, 2), slice];
  const composite = objective('composite', { ...options, sli: all(members) });
  return compileConfig(
    {
      dataDir,
      ports: { 'slo-service': 0 },
      telemetry: { prometheus: { url: 'http://127.0.0.1:1' } },
      services: [{ name: 'shop', endpoint: { url: 'http://127.0.0.1:1' } }],
      signals: [requests],
      objectives: [...plain, slice, composite],
    },
    dataDir,
  );
}

function filled(objective: string, end: number, days: number) {
  const minutes = Array.from({ length: days * dayMinutes }, (_, index) => ({
    minute: end - days * dayMinutes + index,
    valid: 100 + (index % 37),
    bad: index % 211 === 0 ? 40 : 0,
    coverage: 1,
    state: minuteState.measured,
  }));
  return { final: [{ objective, minutes }], provisional: [] };
}

async function timed(rounds: number, run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return times;
}

const quantile = (times: readonly number[], q: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * q)] ?? 0;

const round = (value: number): number => Math.round(value * 100) / 100;
