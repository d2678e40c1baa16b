import type { Random } from '@sprout/journal/crash';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import type { SqliteDatabase } from '../storage/sqlite.ts';
import { forgetfulDisk } from './forgetful-disk.ts';
import type { DiskOptions, ForgetfulDisk } from './forgetful-disk.ts';
import { Oracle } from './oracle.ts';
import type { Verdict } from './oracle.ts';
import { mount, mountPoint, openOnDisk } from './sqlite-on-disk.ts';
import { openStores, runWorkload } from './workload.ts';
import type { Stores } from './workload.ts';

/** How power-loss rounds are run. */
export interface PowerLossOptions {
  readonly rounds: number;
  readonly random: Random;
  /** Runs without syncs, to prove that the rounds notice. */
  readonly ignoreSync?: boolean;
}

const operationsPerRoundMax = 600;
/** Files would grow for ever, and what is found in them with it. */
const roundsPerDisk = 20;

/** Cuts the power after a random number of file operations, again and again on the same files. */
export async function runPowerLoss(options: PowerLossOptions): Promise<Verdict> {
  const { random, ignoreSync = false } = options;
  const oracle = new Oracle();
  let disk = forgetfulDisk({ ignoreSync });
  for (let round = 0; round < options.rounds; round++) {
    if (round % roundsPerDisk === 0) {
      disk = forgetfulDisk({ ignoreSync });
      oracle.startAnew();
    }
    const operationsMax = 1 + Math.floor(random() * operationsPerRoundMax);
    disk = await workUntilPowerLoss(disk, { ignoreSync, operationsMax }, random, oracle);
    await check(disk, oracle, ignoreSync);
  }
  return oracle.verdict;
}

async function workUntilPowerLoss(
  found: ForgetfulDisk,
  options: DiskOptions,
  random: Random,
  oracle: Oracle,
): Promise<ForgetfulDisk> {
  const disk = found.losePower(random, options);
  try {
    await onDisk(disk, (stores) => runWorkload(stores, random, oracle));
  } catch (error) {
    // The power may go while files are being opened; anything else is a defect.
    if (!disk.isOff() && options.ignoreSync !== true) throw error;
  }
  return disk.losePower(random, { ignoreSync: options.ignoreSync ?? false });
}

async function check(disk: ForgetfulDisk, oracle: Oracle, mayBeDamaged: boolean): Promise<void> {
  try {
    await onDisk(disk, (stores) => oracle.check(stores));
  } catch (error) {
    if (!mayBeDamaged) throw error;
    oracle.damaged();
  }
}

/** Databases are closed even when nothing can be written any more: the memory is one for all. */
async function onDisk(disk: ForgetfulDisk, use: (stores: Stores) => Promise<void>): Promise<void> {
  mount(disk);
  const opened: SqliteDatabase[] = [];
  const open = (path: string) => {
    const db = openOnDisk(path);
    opened.push(db);
    return db;
  };
  try {
    const ledger = openSqliteLedger(`${mountPoint}/ledger.sqlite`, open);
    await use(await openStores(ledger, openSqliteRecords(`${mountPoint}/records.sqlite`, open)));
  } finally {
    for (const db of opened) closeQuietly(db);
  }
}

function closeQuietly(db: SqliteDatabase): void {
  try {
    db.close();
  } catch {
    // Without power its last checkpoint fails; the next round finds what there is.
  }
}
