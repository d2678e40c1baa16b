import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '@sprout/journal';
import type { Journal } from '@sprout/journal';
import type { Logger } from '@sprout/process';
import type { OtlpSignal } from '@sprout/wire';

/** One journal per signal; a record leaves when all its consumers have passed it. */
export interface Journals {
  readonly traces: Journal;
  readonly logs: Journal;
  readonly metrics: Journal;
  /** Made with the directory: positions count from the beginning when it is deleted. */
  readonly id: string;
  close(): Promise<void>;
}

/**
 * A full journal of traces or logs refuses, and senders keep what they have. Nobody keeps samples, and
 * the newest are worth most, so a full metrics journal drops its oldest segment; the ledger counts it.
 */
const dropPolicies = { traces: {}, logs: {}, metrics: { oldestWhenFull: true } } as const;

export async function openJournals(
  directory: string,
  bytesMax: number,
  logger: Logger,
): Promise<Journals> {
  mkdirSync(directory, { recursive: true });
  const id = idOf(directory);
  const open = (signal: OtlpSignal) =>
    openJournal({
      directory: join(directory, signal),
      bytesMax,
      drop: dropPolicies[signal],
      onDrop: (drop) => logger.error('journal dropped what is oldest', { signal, ...drop }),
    });
  const [traces, logs, metrics] = await Promise.all([
    open('traces'),
    open('logs'),
    open('metrics'),
  ]);
  const all = { traces, logs, metrics };
  return {
    ...all,
    id,
    close: async () => {
      for (const journal of Object.values(all)) await journal.close();
    },
  };
}

function idOf(directory: string): string {
  const path = join(directory, 'id');
  try {
    writeFileSync(path, randomUUID(), { flag: 'wx' });
  } catch {
    // It exists: these journals go on where they were.
  }
  return readFileSync(path, 'utf8');
}
