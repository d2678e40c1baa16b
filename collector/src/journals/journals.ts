import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '@sprout/journal';
import type { Journal } from '@sprout/journal';
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

export async function openJournals(directory: string, bytesMax: number): Promise<Journals> {
  mkdirSync(directory, { recursive: true });
  const id = idOf(directory);
  const open = (signal: OtlpSignal) =>
    openJournal({ directory: join(directory, signal), bytesMax });
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
