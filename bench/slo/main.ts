import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { round } from './cost.ts';
import type { Cost } from './cost.ts';
import { measureMetering } from './metering.ts';
import type { MeteringCosts } from './metering.ts';
import { measurePeers } from './peer.ts';
import type { PeerCost, PeerSize } from './peer.ts';
import { measureStatus } from './status.ts';
import type { StatusCosts } from './status.ts';

/**
 * What figures cost to read: all budgets over eight windows, one of 30 days, one through the API;
 * what a minute of metering costs; beside them Prometheus with the rules that other tools write.
 */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const objectives = Number(process.env['BENCH_OBJECTIVES'] ?? 1000);
  const days = Number(process.env['BENCH_DAYS'] ?? 90);
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-slo-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  console.error(`filling ${objectives} objectives × ${days} days …`);
  const status = await measureStatus(objectives, days, directory);
  const size = {
    objectives: Number(process.env['BENCH_PEER_OBJECTIVES'] ?? 5),
    seriesEach: 20,
    days: 30,
    scrapeSeconds: 60,
  };
  console.error(`Prometheus evaluates rules of ${size.objectives} objectives …`);
  const peers = await measurePeers(size, join(directory, 'prometheus'));
  remove();
  console.error(`metering ${objectives} objectives × 20 series …`);
  const metering = await measureMetering(objectives);
  if (json) return console.log(JSON.stringify({ status, peers: { size, costs: peers }, metering }));
  printStatus(status);
  printMetering(metering);
  printPeers(size, peers, status.allBudgets.again.cpuMs / status.objectives);
}

function printPeers(size: PeerSize, peers: readonly PeerCost[], oursMs: number): void {
  const { objectives, seriesEach, days, scrapeSeconds } = size;
  console.log(
    `Prometheus: ${objectives} objectives × ${seriesEach} series, ${days} days, a sample every ${scrapeSeconds} s`,
  );
  console.log(`per objective: 8 budgets here ${round(oursMs)} ms CPU`);
  for (const { name, rulesEach, cpuMsEach, wallMsEach, cpuMsPerMinuteEach } of peers) {
    console.log(
      `  ${name}, ${rulesEach} rules: ${cpuMsEach} ms CPU (× ${round(cpuMsEach / oursMs)}), ` +
        `${wallMsEach} ms; ${cpuMsPerMinuteEach} ms CPU per minute`,
    );
  }
}

function printMetering(costs: MeteringCosts): void {
  const { cpuMs, prometheusCpuMs, slowestTickMs, queries, samples, rssMegabytes, errorMax } = costs;
  console.log(`a minute of metering: ${cpuMs} ms CPU, Prometheus ${prometheusCpuMs} ms CPU`);
  console.log(`  ${queries} queries, ${samples} samples, slowest tick ${slowestTickMs} ms`);
  console.log(`  resident memory: ${rssMegabytes} MB; off by at most ${errorMax.toExponential(1)}`);
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
