import { ForgetfulFiles } from '../file/forgetful-files.ts';
import type { ForgetfulOptions } from '../file/forgetful-files.ts';
import type { Random } from '../file/forgetful-file.ts';
import { openJournal } from '../journal.ts';
import { audit } from './audit.ts';
import { Oracle } from './oracle.ts';
import type { Verdict } from './oracle.ts';
import { crashJournal, idsPerRound, runWorkload } from './workload.ts';

/** How power-loss rounds are run. */
export interface PowerLossOptions {
  readonly rounds: number;
  readonly random: Random;
  /** Runs without fdatasync, to prove that the rounds notice. */
  readonly ignoreSync?: boolean;
}

const directory = '/journal';

/** Cuts the power after a random number of file operations, again and again on the same files. */
export async function runPowerLoss(options: PowerLossOptions): Promise<Verdict> {
  const { random } = options;
  const ignored: ForgetfulOptions = { ignoreSync: options.ignoreSync ?? false };
  const oracle = new Oracle();
  let files = new ForgetfulFiles(ignored);
  for (let round = 0; round < options.rounds; round++) {
    const operationsMax = 5 + Math.floor(random() * 300);
    files = files.losePower(random, { ...ignored, operationsMax });
    const committed = await workUntilPowerLoss(files, round * idsPerRound, random, oracle);
    files = files.losePower(random, ignored);
    const journal = await openJournal({ directory, files, ...crashJournal });
    await audit(journal, oracle, {
      workerCommitted: options.ignoreSync ? 0 : committed,
      freshId: (round + 1) * idsPerRound - 1,
    });
    await journal.close();
  }
  return oracle.verdict;
}

async function workUntilPowerLoss(
  files: ForgetfulFiles,
  firstId: number,
  random: Random,
  oracle: Oracle,
): Promise<number> {
  let committed = 0;
  try {
    const journal = await openJournal({ directory, files, ...crashJournal });
    journal.reader('audit');
    await runWorkload(journal, firstId, random, {
      acknowledged: (id, position) => oracle.acknowledge(id, position),
      committed: (position) => (committed = position),
    });
  } catch (error) {
    // The power may go while the journal is being opened; anything else is a defect.
    if (!files.isOff) throw error;
  }
  return committed;
}
