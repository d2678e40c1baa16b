import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Random } from '../file/forgetful-file.ts';
import { openJournal } from '../journal.ts';
import { audit } from './audit.ts';
import { killTalking } from './kill-talking.ts';
import { Oracle } from './oracle.ts';
import type { Verdict } from './oracle.ts';
import { crashJournal, idsPerRound } from './workload.ts';

/** How kill rounds are run. */
export interface KillOptions {
  readonly rounds: number;
  readonly random: Random;
}

/** Kills a child that appends and commits with SIGKILL, again and again on the same directory. */
export async function runKills(options: KillOptions): Promise<Verdict> {
  const directory = await mkdtemp(join(tmpdir(), 'journal-crash-'));
  const oracle = new Oracle();
  try {
    for (let round = 0; round < options.rounds; round++) {
      const committed = await killOne(directory, round * idsPerRound, options.random, oracle);
      const journal = await openJournal({ directory, ...crashJournal });
      await audit(journal, oracle, {
        workerCommitted: committed,
        freshId: (round + 1) * idsPerRound - 1,
      });
      await journal.close();
    }
  } finally {
    await rm(directory, { recursive: true });
  }
  return oracle.verdict;
}

/** Resolves with the last position the child was told is committed. */
async function killOne(
  directory: string,
  firstId: number,
  random: Random,
  oracle: Oracle,
): Promise<number> {
  const main = fileURLToPath(new URL('child.ts', import.meta.url));
  let committed = 0;
  await killTalking(main, [directory, String(firstId)], random, ([kind, first, second]) => {
    if (kind === 'acknowledged') oracle.acknowledge(Number(first), Number(second));
    if (kind === 'committed') committed = Number(first);
  });
  return committed;
}
