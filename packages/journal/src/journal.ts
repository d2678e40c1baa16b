import { dirname } from 'node:path';
import { newConsumer, openConsumers } from './consumer/consumer.ts';
import type { Consumer } from './consumer/consumer.ts';
import { ConsumerReader } from './consumer/reader.ts';
import type { JournalReader, ReaderHost } from './consumer/reader.ts';
import type { FileLayer } from './file/file-layer.ts';
import { nodeFiles } from './file/node-files.ts';
import { JournalError, JournalFullError } from './journal-error.ts';
import { encodeRecords, headerBytes } from './record/record.ts';
import type { Mark } from './record/record.ts';
import { SegmentedLog } from './segment/log.ts';
import { recoverLog } from './segment/recover.ts';
import { journalStats } from './stats.ts';
import type { JournalStats } from './stats.ts';
import { GroupWriter } from './writer/group-writer.ts';
import type { Pending } from './writer/group-writer.ts';

/** When records leave that not every consumer has passed. Each is counted in the ledgers and reported. */
export interface DropPolicy {
  /** Segments whose youngest record is older are dropped, with the reason `age`. */
  readonly ageMaxMs?: number;
  /** A full journal drops its oldest segment, with the reason `size`, instead of refusing appends. */
  readonly oldestWhenFull?: boolean;
}

/** A loss by policy, for the log. */
export interface Drop {
  readonly consumer: string;
  readonly items: number;
  readonly reason: 'age' | 'size';
}

/** How a journal is opened. */
export interface JournalOptions {
  /** One journal per directory and one process per journal. */
  readonly directory: string;
  /** All segments together; beyond it appends reject with JournalFullError. */
  readonly bytesMax: number;
  /** A segment is left behind at this size: 64 MiB, and never more than an eighth of `bytesMax`. */
  readonly segmentBytesMax?: number;
  readonly files?: FileLayer;
  readonly drop?: DropPolicy;
  readonly onDrop?: (drop: Drop) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A durable append-only log with named consumers. */
export interface Journal {
  /**
   * Resolves with the record's position once it is on disk.
   *
   * @throws JournalFullError at `bytesMax`; JournalError `JOURNAL_WRITE_FAILED` when the disk refuses,
   * after which the journal goes on.
   */
  append(bytes: Uint8Array, items: number): Promise<number>;
  /** The reader of a consumer; a new one starts at the oldest record. Asking again returns the same reader. */
  reader(consumer: string): JournalReader;
  stats(): JournalStats;
  close(): Promise<void>;
}

/**
 * Opens or creates a journal; a torn tail is cut off.
 *
 * @example
 * const journal = await openJournal({ directory: '.sprout/journal/traces', bytesMax: 1 << 30 });
 * await journal.append(bytes, spans);
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const files = options.files ?? nodeFiles;
  const { directory } = options;
  await files.makeDirectory(directory);
  await files.syncDirectory(dirname(directory));
  const recovered = await recoverLog(files, directory);
  const consumers = await openConsumers(files, directory);
  const log = new SegmentedLog(files, directory, recovered);
  log.head = furthest([log.head, ...consumers.map((consumer) => consumer.ledger.mark)]);
  if (log.segments.length === 0 || log.head !== recovered.head) await log.roll();
  return new DirectoryJournal(options, log, consumers, recovered.truncatedBytes);
}

const segmentBytesDefault = 64 * 1024 * 1024;

/** A cursor beyond the log means that its tail was lost on disk; positions are not given twice. */
function furthest(marks: readonly Mark[]): Mark {
  return marks.reduce((furthest, mark) => (mark.position > furthest.position ? mark : furthest));
}

class DirectoryJournal implements Journal {
  readonly #options: JournalOptions;
  readonly #log: SegmentedLog;
  readonly #consumers = new Map<string, Consumer>();
  readonly #readers = new Map<string, ConsumerReader>();
  readonly #writer: GroupWriter;
  readonly #host: ReaderHost;
  readonly #truncatedBytes: number;
  readonly #now: () => number;
  readonly #segmentBytesMax: number;
  #changed = Promise.withResolvers<void>();
  #needsRepair = false;
  #isClosed = false;
  #reclaiming: Promise<void> = Promise.resolve();

  constructor(
    options: JournalOptions,
    log: SegmentedLog,
    consumers: readonly Consumer[],
    truncatedBytes: number,
  ) {
    this.#options = options;
    this.#log = log;
    this.#truncatedBytes = truncatedBytes;
    this.#now = options.now ?? Date.now;
    const wanted = options.segmentBytesMax ?? segmentBytesDefault;
    this.#segmentBytesMax = Math.min(wanted, Math.ceil(options.bytesMax / 8));
    this.#writer = new GroupWriter((group) => this.#writeGroup(group));
    const isClosed = (): boolean => this.#isClosed;
    this.#host = {
      log,
      get isClosed() {
        return isClosed();
      },
      changed: () => this.#changed.promise,
      committed: () => this.#reclaim(),
    };
    for (const consumer of consumers) this.#register(consumer);
  }

  append(bytes: Uint8Array, items: number): Promise<number> {
    return this.#writer.append(bytes, items);
  }

  reader(name: string): JournalReader {
    const known = this.#readers.get(name);
    if (known) return known;
    const { files, directory, start } = this.#log;
    const consumer = newConsumer(files, directory, name, start);
    // Until the first save succeeds no segment is deleted, so a failure here loses nothing.
    consumer.save().catch(() => undefined);
    return this.#register(consumer);
  }

  stats(): JournalStats {
    return journalStats({
      log: this.#log,
      bytesMax: this.#options.bytesMax,
      truncatedBytes: this.#truncatedBytes,
      nowMs: this.#now(),
      consumers: this.#consumers.values(),
      oldestOutstandingMs: (name) => this.#readers.get(name)?.oldestOutstandingMs,
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.#writer.close();
    this.#isClosed = true;
    this.#announce();
    await this.#reclaiming;
    for (const consumer of this.#consumers.values()) await consumer.close();
    await this.#log.close();
  }

  #register(consumer: Consumer): ConsumerReader {
    const reader = new ConsumerReader(this.#host, consumer);
    this.#consumers.set(consumer.name, consumer);
    this.#readers.set(consumer.name, reader);
    return reader;
  }

  async #writeGroup(group: readonly Pending[]): Promise<number> {
    const size = group.reduce((sum, { bytes }) => sum + headerBytes + bytes.length, 0);
    try {
      if (this.#needsRepair) await this.#log.repair();
      this.#needsRepair = false;
      await this.#makeRoom(size);
      return await this.#appendGroup(group);
    } catch (cause) {
      if (cause instanceof JournalError) throw cause;
      this.#needsRepair = true;
      throw new JournalError('JOURNAL_WRITE_FAILED', 'the journal could not be written', cause);
    }
  }

  async #appendGroup(group: readonly Pending[]): Promise<number> {
    if (this.#log.active.bytes >= this.#segmentBytesMax) await this.#log.roll();
    const first = this.#log.head;
    const items = group.reduce((sum, one) => sum + one.items, first.items);
    const appendedMs = this.#now();
    const encoded = encodeRecords(group, first, appendedMs);
    await this.#log.append(encoded, { position: first.position + group.length, items }, appendedMs);
    this.#announce();
    return first.position;
  }

  #announce(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  /** Deletes what every consumer has passed, then what the policy allows, until `size` more bytes fit. */
  async #makeRoom(size: number): Promise<void> {
    await this.#dropByAge();
    if (this.#fits(size)) return;
    await this.#log.roll();
    await this.#reclaim();
    while (
      !this.#fits(size) &&
      this.#options.drop?.oldestWhenFull &&
      this.#log.segments.length > 1
    ) {
      await this.#dropOldest('size');
    }
    if (this.#fits(size)) return;
    const { bytesMax } = this.#options;
    throw new JournalFullError(
      `the journal holds ${this.#log.bytes} of ${bytesMax} bytes and cannot take ${size} more`,
    );
  }

  #fits(size: number): boolean {
    return this.#log.bytes + size <= this.#options.bytesMax;
  }

  async #dropByAge(): Promise<void> {
    const ageMaxMs = this.#options.drop?.ageMaxMs;
    if (ageMaxMs === undefined) return;
    const before = this.#now() - ageMaxMs;
    const { active } = this.#log;
    // Whole segments age, so a slow journal starts a new one in time for the old one to leave.
    if (active.bytes > 0 && active.firstAppendedMs < before + ageMaxMs * (7 / 8)) {
      await this.#log.roll();
    }
    while (this.#log.segments.length > 1 && (this.#log.segments[0]?.lastAppendedMs ?? 0) < before) {
      await this.#dropOldest('age');
    }
  }

  async #dropOldest(reason: Drop['reason']): Promise<void> {
    const end = this.#log.segments[1]?.base;
    if (!end) return;
    for (const [consumer, reader] of this.#readers) {
      const items = await reader.dropBefore(end, reason);
      if (items > 0) this.#options.onDrop?.({ consumer, items, reason });
    }
    await this.#reclaim();
  }

  /** Deletes the segments that every consumer has passed on disk; one deletion at a time. */
  #reclaim(): Promise<void> {
    const reclaiming = this.#reclaiming.then(() => this.#removePassed());
    this.#reclaiming = reclaiming.catch(() => undefined);
    return reclaiming;
  }

  async #removePassed(): Promise<void> {
    const marks = [...this.#consumers.values()].map((consumer) => consumer.savedMark);
    if (marks.length === 0) return;
    const passed = Math.min(...marks.map((mark) => mark?.position ?? 0));
    while ((this.#log.segments[1]?.base.position ?? Infinity) <= passed) {
      await this.#log.removeOldest();
    }
  }
}
