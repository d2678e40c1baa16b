import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cost } from './cost.ts';
import { measureStatus } from './status.ts';
import type { StatusCosts } from './status.ts';

/** What figures cost to read: all budgets over eight windows, one of 30 days, one through the API. */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const objectives = Number(process.env['BENCH_OBJECTIVES'] ?? 1000);
  const days = Number(process.env['BENCH_DAYS'] ?? 90);
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-slo-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  console.error(`filling ${objectives} objectives × ${days} days …`);
  const status = await measureStatus(objectives, days, directory);
  remove();
  if (json) console.log(JSON.stringify({ status }));
  else printStatus(status);
}

function printStatus(status: StatusCosts): void {
  const { allBudgets, cpuUsByWindow, oneBudget, api } = status;
  const say = ({ cpuMs, wallMs }: Cost) => `${cpuMs} ms CPU, ${wallMs} ms`;
  console.log(`${status.objectives} objectives, ${status.days} days, ${status.ledgerMegabytes} MB`);
  console.log(`all × 8 windows: first ${say(allBudgets.first)}; again ${say(allBudgets.again)}`);
  console.log(
    `  per budget: ${Object.entries(cpuUsByWindow)
      .map(([window, us]) => `${window} ${us} µs`)
      .join(', ')}`,
  );
  for (const [kind, { first, p50Ms }] of Object.entries(oneBudget)) {
    console.log(`30-day budget, ${kind}: first ${say(first)}; then p50 ${p50Ms} ms`);
  }
  console.log(`start: first ${say(api.start.first)}; again ${say(api.start.again)}`);
  console.log(`list of statuses: first ${say(api.list)}`);
  const { p50Ms, p95Ms, cpuMs } = api.budget;
  console.log(`30-day budget by HTTP: p50 ${p50Ms} ms, p95 ${p95Ms} ms, ${cpuMs} ms CPU`);
  console.log(`resident memory: ${api.rssMegabytes} MB`);
}
