import type { Random } from '../file/forgetful-file.ts';
import type { Journal } from '../journal.ts';
import { payload } from './oracle.ts';

/** What a workload tells as it happens, each only after the journal promised it. */
export interface WorkloadEvents {
  readonly acknowledged: (id: number, position: number) => void;
  readonly committed: (position: number) => void;
}

/** Ids of one round start at its number times this. */
export const idsPerRound = 1_000_000;

/** Sizes of records and groups that make segments roll often. */
export const crashJournal = { bytesMax: 64 * 1024 * 1024, segmentBytesMax: 16 * 1024 } as const;

/**
 * Appends from several appenders at once while the consumer `worker` reads and commits, until the
 * journal fails or closes. Ids count from `firstId`.
 */
export async function runWorkload(
  journal: Journal,
  firstId: number,
  random: Random,
  events: WorkloadEvents,
): Promise<void> {
  let nextId = firstId;
  const appender = async (): Promise<void> => {
    for (;;) {
      const id = nextId++;
      const size = Math.floor(random() ** 4 * 6000);
      events.acknowledged(id, await journal.append(payload(id, size), 1 + (id % 7)));
    }
  };
  const appenders = Array.from({ length: 1 + Math.floor(random() * 8) }, () => appender());
  const consuming = Promise.allSettled([consume(journal, random, events)]);
  await Promise.allSettled(appenders);
  // The consumer may wait for a record that never comes; without power the close itself fails.
  await Promise.allSettled([journal.close(), consuming]);
}

async function consume(journal: Journal, random: Random, events: WorkloadEvents): Promise<void> {
  const reader = journal.reader('worker');
  for (;;) {
    const recordsMax = 1 + Math.floor(random() * 20);
    const records = await reader.read({ bytesMax: 32 * 1024, recordsMax });
    const last = records.at(-1);
    if (!last) return;
    const items = records.reduce((sum, record) => sum + record.items, 0);
    const invalid = Math.floor(random() * 2);
    await reader.commit(last.position, {
      delivered: items - invalid,
      dropped: invalid === 0 ? {} : { invalid },
    });
    events.committed(last.position);
  }
}
