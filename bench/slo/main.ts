import { measureStatus } from './status.ts';

/** What figures cost to read: all budgets over eight windows, one of 30 days, one through the API. */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const objectives = Number(process.env['BENCH_OBJECTIVES'] ?? 1000);
  const days = Number(process.env['BENCH_DAYS'] ?? 90);
  console.error(`filling ${objectives} objectives × ${days} days …`);
  const status = await measureStatus(objectives, days);
  if (json) return console.log(JSON.stringify({ status }));
  const { allBudgets, oneBudget, apiMs } = status;
  console.log(`${status.objectives} objectives, ${days} days, ledger ${status.ledgerMegabytes} MB`);
  console.log(`all × 8 windows: ${allBudgets.cpuMs} ms CPU, ${allBudgets.wallMs} ms`);
  for (const [kind, { first, p95 }] of Object.entries(oneBudget)) {
    console.log(`30-day budget, ${kind}: first ${first} ms, then p95 ${p95} ms`);
  }
  console.log(`30-day budget through the API: p50 ${apiMs.p50} ms, p95 ${apiMs.p95} ms`);
  console.log(`resident memory: ${status.rssMegabytes} MB`);
}
