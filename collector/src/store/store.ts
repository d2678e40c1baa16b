import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDay } from './day.ts';
import type { BlockKind, Day } from './day.ts';
import type { LogLine } from './log-line.ts';
import { writeLogLines } from './log-writer.ts';
import { removeOldestBlocks } from './retention.ts';
import { sealFresh } from './sealing.ts';
import { writeTraceBlock } from './trace-writer.ts';

export interface StoreOptions {
  readonly directory: string;
  /** Whole UTC days that are kept, today included. */
  readonly daysMax: number;
  readonly bytesMax: number;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Where a journal's consumer stands: which journal, and the position it has passed. */
export interface Progress {
  readonly journal: string;
  readonly position: number;
}

/** The local store of logs and traces: one database per UTC day of arrival. */
export interface Store {
  /** Durable, together with the progress, when it returns. */
  writeTraces(requests: readonly Uint8Array[], progress: Progress): void;
  writeLogs(lines: readonly LogLine[], progress: Progress): void;
  /** The last position written for a journal; undefined when there is none. */
  position(journal: string): number | undefined;
  /** Newest first. */
  days(): readonly Day[];
  bytes(): number;
  /** Removes days and blocks beyond the limits. */
  retain(): void;
  close(): void;
}

export function openStore(options: StoreOptions): Store {
  mkdirSync(options.directory, { recursive: true });
  const days = new Map<string, Day>();
  for (const name of dayNames(options.directory)) days.set(name, open(options.directory, name));
  const today = (): Day => {
    const name = new Date(options.now()).toISOString().slice(0, 10);
    const day = days.get(name) ?? open(options.directory, name);
    days.set(name, day);
    return day;
  };
  const newestFirst = () => [...days.values()].toSorted((a, b) => (a.name < b.name ? 1 : -1));
  const position = (journal: string) => positionIn(newestFirst(), journal);
  const write = (kind: BlockKind, progress: Progress, insert: (day: Day) => void) => {
    const day = today();
    day.transaction(() => {
      insert(day);
      sealFresh(day, kind);
      day
        .sql('INSERT OR REPLACE INTO progress (journal, position) VALUES (?, ?)')
        .run(progress.journal, progress.position);
    });
  };
  const drop = (day: Day) => {
    day.close();
    days.delete(day.name);
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(`${dayPath(options.directory, day.name)}${suffix}`, { force: true });
    }
  };
  const bytes = () => newestFirst().reduce((sum, day) => sum + day.bytes(), 0);
  return {
    writeTraces: (requests, progress) =>
      write('traces', progress, (day) => writeTraceBlock(day, requests, false)),
    writeLogs: (lines, progress) => write('logs', progress, (day) => writeLogLines(day, lines)),
    position,
    days: newestFirst,
    bytes,
    retain: () => {
      for (const day of newestFirst().slice(options.daysMax)) drop(day);
      while (days.size > 1 && bytes() > options.bytesMax) drop(newestFirst().at(-1) as Day);
      const [only] = newestFirst();
      if (only && bytes() > options.bytesMax) removeOldestBlocks(only, options.bytesMax);
    },
    close: () => {
      for (const day of days.values()) day.close();
    },
  };
}

function open(directory: string, name: string): Day {
  return openDay(dayPath(directory, name), name);
}

function dayPath(directory: string, name: string): string {
  return join(directory, `${name}.sqlite`);
}

function dayNames(directory: string): string[] {
  return readdirSync(directory).flatMap(
    (file) => /^(\d{4}-\d\d-\d\d)\.sqlite$/.exec(file)?.[1] ?? [],
  );
}

function positionIn(days: readonly Day[], journal: string): number | undefined {
  const positions = days
    .map((day) => day.sql('SELECT position FROM progress WHERE journal = ?').get(journal))
    .flatMap((row) => (row === undefined ? [] : Number(row['position'])));
  return positions.length === 0 ? undefined : Math.max(...positions);
}
