import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minuteClock } from '@sprout/slo-service/figures';
import { timing } from '@sprout/process';
import { inOwnProcess } from '../shop/own-process.ts';
import { measureApi } from './api.ts';
import type { ApiCosts } from './api.ts';
import type { MeteringCosts } from './metering.ts';
import { measurePeers } from './peers.ts';
import type { PeerCost, PeerSize } from './peers.ts';
import type { ReadingCosts } from './reading.ts';
import { tableOf } from './table.ts';

/** Everything that was measured. */
export interface SloCosts {
  readonly size: {
    readonly objectives: number;
    readonly seriesEach: number;
    readonly days: number;
    readonly ledgerMb: number;
    readonly peers: PeerSize;
  };
  readonly reading: ReadingCosts;
  readonly api: ApiCosts;
  readonly metering: MeteringCosts;
  readonly peers: readonly PeerCost[];
}

/**
 * What many promises cost: a minute of metering, all budgets over eight windows, one through the
 * API; beside them Prometheus with the rules that other tools write for the same promises. Each
 * part runs after the other, ours with the heap that the supervisor gives the service.
 */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-bench-slo-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const costs = await measure(directory);
  console.log(json ? JSON.stringify(costs) : tableOf(costs));
}

async function measure(directory: string): Promise<SloCosts> {
  const objectives = Number(process.env['BENCH_OBJECTIVES'] ?? 1000);
  const days = Number(process.env['BENCH_DAYS'] ?? 90);
  const seriesEach = 20;
  const peerSize: PeerSize = {
    objectives: Number(process.env['BENCH_PEER_OBJECTIVES'] ?? 5),
    seriesEach,
    days: 30,
    scrapeSeconds: 60,
  };
  const end = minuteClock(timing(1)).endAt(Date.now());
  const part = <T>(name: string, ...args: (string | number)[]) =>
    inOwnProcess<T>(new URL(name, import.meta.url), objectives, ...args);
  const size = [days, end, directory] as const;
  say(`filling a ledger of ${objectives} objectives × ${days} days …`);
  const ledgerMb = await part<number>('fill.ts', ...size);
  say('reading it …');
  const reading = await part<ReadingCosts>('reading.ts', ...size);
  const api = await measureApi({ objectives, days, end, directory });
  say(`metering ${objectives} objectives × ${seriesEach} series …`);
  const metering = await part<MeteringCosts>('metering.ts', seriesEach);
  say(`Prometheus evaluates the rules of ${peerSize.objectives} objectives …`);
  const peers = await measurePeers(peerSize, join(directory, 'prometheus'));
  return {
    size: { objectives, seriesEach, days, ledgerMb, peers: peerSize },
    reading,
    api,
    metering,
    peers,
  };
}

const began = performance.now();
const say = (text: string) =>
  console.error(`${((performance.now() - began) / 1000).toFixed(0)} s: ${text}`);
