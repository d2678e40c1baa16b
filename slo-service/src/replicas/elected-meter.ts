import { SproutError } from '@sprout/process';
import type { SharedLedger } from '../ledger/mysql-ledger.ts';
import type { Text } from '../language/text.ts';
import type { Meter } from '../meter/meter.ts';
import type { MeterSights } from '../meter/sights.ts';
import { redisAway, troubleOf } from '../meter/trouble.ts';
import type { Records } from '../records/record-store.ts';
import type { MeterHealth } from '../status/knowledge.ts';
import type { Lease } from './lease.ts';
import { reportKind } from './meter-report.ts';
import type { MeterReport } from './meter-report.ts';

/** A meter that reads on the replica that writes, and follows on all others. */
export interface ElectedMeter extends Meter {
  /** Whether this replica read last. */
  writes(): boolean;
  /** What is known of the readings of whichever replica writes. */
  health(own: MeterHealth): MeterHealth;
}

/**
 * Each tick either meters or takes in what another replica has metered. A replica that is elected,
 * or whose commit was refused, goes on from the checkpoint that the ledger has.
 */
export async function electedMeter(options: {
  readonly lease: Lease;
  readonly ledger: SharedLedger;
  readonly records: Records;
  createMeter(nowMs: number): Promise<Meter>;
}): Promise<ElectedMeter> {
  const { lease, ledger, records } = options;
  const report = await records.open(reportKind);
  let meter: Meter | undefined;
  const begin = async (token: number, nowMs: number) => {
    await ledger.claim(token);
    return options.createMeter(nowMs);
  };
  const write = async (token: number, nowMs: number) => {
    try {
      meter ??= await begin(token, nowMs);
      await meter.tick(nowMs);
      await report.put('writer', reportOf(meter.sights(), nowMs, null));
    } catch (error) {
      await (isFenced(error) ? stepBack() : tellWhy(error));
      throw error;
    }
  };
  /** Either another replica holds the lease now, or this one needs a newer token. */
  const stepBack = async () => {
    meter = undefined;
    await lease.renew();
  };
  const tellWhy = async (error: unknown) => {
    if (meter === undefined || isAway(error)) return;
    const lastReadMs = report.find('writer')?.lastReadMs ?? null;
    await report.put('writer', reportOf(meter.sights(), lastReadMs, troubleOf(error).error));
  };
  const follow = async () => {
    meter = undefined;
    await ledger.refresh();
  };
  return {
    tick: async (nowMs) => {
      await records.refresh();
      const token = lease.token();
      await (token === undefined ? follow() : write(token, nowMs));
    },
    writes: () => meter !== undefined,
    sights: () => meter?.sights() ?? sightsOf(report.find('writer')),
    health: (own) => {
      if (meter !== undefined) return own;
      const { lastReadMs = null, error = null } = report.find('writer') ?? {};
      const told = lease.away() ? redisAway : error;
      return { ...own, lastReadMs, trouble: own.trouble ?? (told && { error: told, fix: null }) };
    },
  };
}

function reportOf(sights: MeterSights, lastReadMs: number | null, error: Text | null): MeterReport {
  return {
    lastReadMs,
    error,
    emptySelectors: [...sights.emptySelectors],
    services: [...sights.services],
    quarantined: sights.quarantined,
    backfill: sights.backfill,
  };
}

function sightsOf(report: MeterReport | undefined): MeterSights {
  return {
    emptySelectors: new Set(report?.emptySelectors),
    services: new Map(report?.services),
    quarantined: report?.quarantined ?? 0,
    backfill: report?.backfill ?? null,
  };
}

const codeOf = (error: unknown) => (error instanceof SproutError ? error.code : undefined);
const isFenced = (error: unknown) => codeOf(error) === 'LEDGER_FENCED';
const isAway = (error: unknown) => codeOf(error) === 'STORAGE_AWAY';
