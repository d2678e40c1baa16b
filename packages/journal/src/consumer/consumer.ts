import { join } from 'node:path';
import type { FileLayer } from '../file/file-layer.ts';
import { JournalError } from '../journal-error.ts';
import type { Mark } from '../record/record.ts';
import { openCursorFile } from './cursor-file.ts';
import type { Cursor, CursorFile } from './cursor-file.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';

/** Where a mark is in the files, for the hint of a cursor. */
export interface Place {
  readonly segmentPosition: number;
  readonly offset: number;
}

/** A named consumer: its ledger in memory and on disk. */
export class Consumer {
  readonly name: string;
  ledger: Ledger;
  place: Place;
  /** The mark that is on disk; undefined until the first save, which keeps every segment. */
  savedMark: Mark | undefined;
  readonly #openFile: () => Promise<CursorFile>;
  #file: CursorFile | undefined;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(
    name: string,
    cursor: Cursor,
    file: CursorFile | undefined,
    openFile: () => Promise<CursorFile>,
  ) {
    this.name = name;
    this.ledger = cursor.ledger;
    this.place = cursor;
    this.savedMark = file ? cursor.ledger.mark : undefined;
    this.#file = file;
    this.#openFile = openFile;
  }

  /** Resolves when the ledger as it is now is on disk; concurrent calls share one write. */
  save(): Promise<void> {
    this.#next ??= this.#saveAfter(this.#running);
    return this.#next;
  }

  async close(): Promise<void> {
    await this.save();
    await this.#file?.close();
  }

  #saveAfter(earlier: Promise<void>): Promise<void> {
    const saving = earlier.then(() => {
      this.#next = undefined;
      return this.#saveNow();
    });
    // A failed save is the failure of its callers; the next one tries again.
    this.#running = saving.catch(() => undefined);
    return saving;
  }

  async #saveNow(): Promise<void> {
    this.#file ??= await this.#openFile();
    const { ledger, place } = this;
    await this.#file.save({ ledger, ...place });
    this.savedMark = ledger.mark;
  }
}

const suffix = '.cursor';
const validName = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Opens the consumers a directory has cursors of. */
export async function openConsumers(files: FileLayer, directory: string): Promise<Consumer[]> {
  const names = (await files.list(directory)).filter((name) => name.endsWith(suffix));
  const consumers: Consumer[] = [];
  for (const name of names) {
    const { file, cursor } = await openCursorFile(files, join(directory, name));
    if (cursor) {
      const consumer = name.slice(0, -suffix.length);
      consumers.push(new Consumer(consumer, cursor, file, () => Promise.resolve(file)));
    } else await file.close();
  }
  return consumers;
}

/** A consumer that is seen for the first time and starts at `mark`. */
export function newConsumer(
  files: FileLayer,
  directory: string,
  name: string,
  mark: Mark,
): Consumer {
  if (!validName.test(name)) {
    throw new JournalError(
      'JOURNAL_CONSUMER_NAME',
      `consumer name ${JSON.stringify(name)} must match ${validName.source}`,
    );
  }
  const cursor = { ledger: openLedger(mark), segmentPosition: mark.position, offset: 0 };
  return new Consumer(name, cursor, undefined, async () => {
    const { file } = await openCursorFile(files, join(directory, name + suffix));
    await files.syncDirectory(directory);
    return file;
  });
}
