import { parseWindow } from '@sprout/objectives';
import { compileConfig, timing } from '@sprout/process';
import {
  declaredInMinutes,
  ledgerView,
  ledgerWindow,
  minuteClock,
  openSqliteLedger,
  readBudget,
  readerOf,
} from '@sprout/slo-service/figures';
import { costOf, round } from '../shop/cost.ts';
import type { Cost } from '../shop/cost.ts';
import { routeObjectives, shopConfig } from '../shop/objectives.ts';
import { ledgerPath, sizeFrom } from './size.ts';
import type { Size } from './size.ts';

/** Windows that every objective is read over. */
const windows = ['1h', '6h', '1d', '3d', '7d', '28d', '30d', '90d'];

/** What it costs to read the budgets of all objectives over all windows. */
export interface ReadingCosts {
  /** After a start: roll-ups are read as well. */
  readonly first: Cost;
  /** A minute later. */
  readonly again: Cost;
  /** One budget, microseconds of CPU by length of the window. */
  readonly cpuUsByWindow: Readonly<Record<string, number>>;
}

console.log(JSON.stringify(await measureReading(sizeFrom(process.argv))));

/** Reads a filled ledger as the service does. */
async function measureReading({ objectives, days, end, directory }: Size): Promise<ReadingCosts> {
  const clock = minuteClock(timing(1));
  const url = 'http://127.0.0.1:1';
  const config = compileConfig(shopConfig(routeObjectives(objectives, days), { url }), directory);
  const ledger = openSqliteLedger(ledgerPath(directory));
  const historyOf = (one: (typeof config.objectives)[number]) =>
    declaredInMinutes(one, clock.minuteMs);
  const parts = { ledger, objectives: config.objectives, historyOf, presentMinute: () => end };
  const view = ledgerView(parts);
  const readers = config.objectives.map((one) =>
    readerOf({ ledger: view, exclusions: () => [], clock, historyOf }, one),
  );
  const all = (endMinute: number, over: readonly string[]) =>
    costOf(async () => {
      for (const reader of readers) {
        for (const window of over) {
          await readBudget(reader, ledgerWindow(parseWindow(window), endMinute), clock);
        }
      }
    });
  const [first, again] = [await all(end - 1, windows), await all(end, windows)];
  const cpuUsByWindow: [string, number][] = [];
  for (const window of windows) {
    const { cpuMs } = await all(end, [window]);
    cpuUsByWindow.push([window, round((cpuMs * 1000) / objectives)]);
  }
  await ledger.close();
  return { first, again, cpuUsByWindow: Object.fromEntries(cpuUsByWindow) };
}
