import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from '@sprout/console/build';
import { timing } from '@sprout/process';
import { minuteClock } from '@sprout/slo-service/figures';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { costTo, quantile, round } from '../shop/cost.ts';
import type { Cost } from '../shop/cost.ts';
import { routeOf } from '../shop/history.ts';
import { routeObjectives, shopConfig, workedOutObjectives } from '../shop/objectives.ts';
import { inOwnProcess } from '../shop/own-process.ts';
import { startSloService } from '../shop/slo-service.ts';

/** What a person waits for with thousands of promises. */
interface ListingTimes {
  readonly objectives: number;
  /** The first list after a start, by HTTP: every promise is worked out. */
  readonly cold: Cost;
  /** From the navigation until the last promise of the page is drawn. */
  readonly listedMs: { readonly p50: number; readonly max: number };
  /** From the last key until the filtered list is drawn. */
  readonly filteredMs: { readonly p50: number; readonly max: number };
}

const rounds = 9;
const aimMs = 1000;

/** Lists thousands of promises of a real ledger in a real browser. */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const objectives = Number(process.env['BENCH_OBJECTIVES'] ?? 5000);
  const days = Number(process.env['BENCH_DAYS'] ?? 2);
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-console-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  await buildConsole();
  console.error(`filling ${objectives} objectives × ${days} days …`);
  const end = minuteClock(timing(1)).endAt(Date.now());
  await inOwnProcess(new URL('../slo/fill.ts', import.meta.url), objectives, days, end, directory);
  const times = await listing(objectives, directory);
  if (json) console.log(JSON.stringify(times));
  else print(times);
}

async function listing(objectives: number, directory: string): Promise<ListingTimes> {
  const routes = routeObjectives(objectives, 30);
  const all = [...routes, ...workedOutObjectives(routes, 30)];
  const config = shopConfig(all, { url: 'http://127.0.0.1:1' });
  const { url, pid, stop } = await startSloService(config, directory);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const cold = await costTo(pid, async () => {
      const response = await fetch(`${url}/api/v1/objectives?sort=worst&limit=50`);
      await response.arrayBuffer();
    });
    const [listed, filtered] = [await listedIn(browser, url), await filteredIn(browser, url)];
    return { objectives, cold, listedMs: spread(listed), filteredMs: spread(filtered) };
  } finally {
    await browser.close();
    await stop();
  }
}

async function listedIn(browser: Browser, url: string): Promise<number[]> {
  const page = await browser.newPage();
  const times: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('.promise').nth(49).waitFor();
    times.push(await page.evaluate(() => performance.now()));
  }
  await page.close();
  return times;
}

async function filteredIn(browser: Browser, url: string): Promise<number[]> {
  const page = await browser.newPage();
  await page.goto(url);
  const times: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const wanted = routeOf(1234 + index);
    await page.locator('[data-search]').fill(wanted);
    const from = performance.now();
    await page.locator(`.promise a[href*="/${wanted}"]`).first().waitFor();
    times.push(performance.now() - from);
  }
  await page.close();
  return times;
}

const spread = (times: readonly number[]) => ({
  p50: quantile(times, 0.5),
  max: round(Math.max(...times)),
});

function print({ objectives, cold, listedMs, filteredMs }: ListingTimes): void {
  console.log(`${objectives} promises, one page of 50, worst first`);
  console.log(`first list after a start, by HTTP: ${cold.wallMs} ms, ${cold.cpuMs} ms CPU`);
  console.log(
    `listed in the browser: p50 ${listedMs.p50} ms, max ${listedMs.max} ms (aim ≤ ${aimMs})`,
  );
  console.log(
    `filtered: p50 ${filteredMs.p50} ms, max ${filteredMs.max} ms, 150 of them its pause`,
  );
}
