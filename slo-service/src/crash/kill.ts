import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killTalking } from '@sprout/journal/crash';
import type { Random } from '@sprout/journal/crash';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { Oracle } from './oracle.ts';
import type { Verdict } from './oracle.ts';
import { openStores } from './workload.ts';
import type { Kept, Stores } from './workload.ts';

/** How kill rounds are run. */
export interface KillOptions {
  readonly rounds: number;
  readonly random: Random;
}

const roundsPerDirectory = 50;
/** Enough for some dozens of synced writes. */
const aliveMsMax = 200;

/** Kills a child that meters and writes records, again and again on the same files. */
export async function runKills({ rounds, random }: KillOptions): Promise<Verdict> {
  const oracle = new Oracle();
  for (let done = 0; done < rounds; done += roundsPerDirectory) {
    const directory = await mkdtemp(join(tmpdir(), 'ledger-crash-'));
    oracle.startAnew();
    try {
      const end = Math.min(rounds, done + roundsPerDirectory);
      for (let round = done; round < end; round++) await killOne(directory, random, oracle);
    } finally {
      await rm(directory, { recursive: true });
    }
  }
  return oracle.verdict;
}

/** The stores of a directory, as the service opens them. */
export function openStoresIn(directory: string): Promise<Stores> {
  return openStores(
    openSqliteLedger(join(directory, 'ledger.sqlite')),
    openSqliteRecords(join(directory, 'records.sqlite')),
  );
}

async function killOne(directory: string, random: Random, oracle: Oracle): Promise<void> {
  const main = fileURLToPath(new URL('child.ts', import.meta.url));
  const note = ([kind = '', first = '']: readonly string[]) => {
    if (kind === 'final') oracle.final(Number(first));
    else if (isKept(kind)) oracle.kept(kind, first);
  };
  await killTalking(main, [directory], random, note, aliveMsMax);
  const stores = await openStoresIn(directory);
  await oracle.check(stores);
  await stores.close();
}

const kinds: readonly string[] = ['exclusion', 'revocation', 'annotation', 'page', 'resolution'];

const isKept = (kind: string): kind is Kept => kinds.includes(kind);
