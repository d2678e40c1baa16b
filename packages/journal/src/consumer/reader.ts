import { JournalError } from '../journal-error.ts';
import type { JournalRecord, Mark } from '../record/record.ts';
import type { SegmentedLog } from '../segment/log.ts';
import type { Consumer, Place } from './consumer.ts';
import { outcomeItems, settled, withoutItems } from './ledger.ts';
import type { Outcome } from './ledger.ts';
import { RecordSource } from './source.ts';

/** How much one read returns at most; a single record larger than `bytesMax` is returned alone. */
export interface ReadLimit {
  readonly bytesMax: number;
  readonly recordsMax: number;
}

/** A consumer's view of the journal. One reader per consumer: calls do not run side by side. */
export interface JournalReader {
  /**
   * The records behind those that were read last; waits until there is one. Resolves to [] when the
   * journal closes. A restarted process reads again from the last commit.
   */
  read(limit: ReadLimit): Promise<readonly JournalRecord[]>;
  /**
   * Everything up to and including `position` is done; resolves when that is on disk.
   *
   * @throws JournalError `JOURNAL_OUTCOME` when the outcome does not account for exactly the items of
   * the records since the last commit, or `position` was not read.
   */
  commit(position: number, outcome: Outcome): Promise<void>;
}

/** What a reader needs of its journal. */
export interface ReaderHost {
  readonly log: SegmentedLog;
  readonly isClosed: boolean;
  /** Resolves at the next append or at close. */
  changed(): Promise<void>;
  /** Called after a cursor moved on disk. */
  committed(): Promise<void>;
}

interface Outstanding {
  readonly after: Mark;
  readonly place: Place;
  /** 0 for a gap. */
  readonly items: number;
  readonly isGap: boolean;
  readonly appendedMs: number;
}

/** The reader of one consumer, and the only place that moves its ledger. */
export class ConsumerReader implements JournalReader {
  readonly #host: ReaderHost;
  readonly #consumer: Consumer;
  readonly #source: RecordSource;
  /** Read but not committed, in order. */
  #outstanding: Outstanding[] = [];
  /** Outstanding records a limit has already counted as dropped. */
  #overtaken: Outstanding[] = [];
  #unreturned: { readonly record: JournalRecord; readonly entry: Outstanding } | undefined;

  constructor(host: ReaderHost, consumer: Consumer) {
    this.#host = host;
    this.#consumer = consumer;
    this.#source = new RecordSource(host.log, consumer.ledger.mark, consumer.place);
  }

  /** When the oldest record that is read but not committed was appended; undefined when there is none. */
  get oldestOutstandingMs(): number | undefined {
    return this.#outstanding.find((entry) => !entry.isGap)?.appendedMs;
  }

  async read(limit: ReadLimit): Promise<readonly JournalRecord[]> {
    for (;;) {
      if (this.#host.isClosed) return [];
      const changed = this.#host.changed();
      const records = await this.#collect(limit);
      if (records.length > 0) return records;
      await changed;
    }
  }

  async commit(position: number, outcome: Outcome): Promise<void> {
    const readEnd = this.#outstanding.at(-1)?.after ?? this.#consumer.ledger.mark;
    if (position >= readEnd.position) {
      throw this.#wrong(`committed position ${position} before it was read`);
    }
    const taken = takeUpTo(this.#outstanding, position);
    const overtaken = takeUpTo(this.#overtaken, position);
    const overtakenItems = itemsOf(overtaken);
    const items = itemsOf(taken) + overtakenItems;
    // A repeated commit has nothing left to account for; it only makes sure that the cursor is saved.
    if (taken.length + overtaken.length > 0 && outcomeItems(outcome) !== items) {
      this.#outstanding = taken.concat(this.#outstanding);
      this.#overtaken = overtaken.concat(this.#overtaken);
      const accounted = outcomeItems(outcome);
      throw this.#wrong(`accounted for ${accounted} of ${items} items up to position ${position}`);
    }
    this.#settle(taken, withoutItems(outcome, overtakenItems));
    await this.#save();
  }

  /** Moves the consumer past everything before `mark`, because a limit deletes it; returns the items dropped. */
  async dropBefore(mark: Mark, reason: string): Promise<number> {
    const consumer = this.#consumer;
    if (consumer.ledger.mark.position >= mark.position) return 0;
    const items = mark.items - consumer.ledger.mark.items;
    const before = this.#outstanding.filter((entry) => entry.after.position <= mark.position);
    this.#outstanding = this.#outstanding.slice(before.length);
    this.#overtaken = this.#overtaken.concat(before);
    if (this.#unreturned && this.#unreturned.entry.after.position <= mark.position) {
      this.#unreturned = undefined;
    }
    this.#source.skipTo(mark);
    consumer.ledger = settled(consumer.ledger, mark, {
      delivered: 0,
      dropped: { [reason]: items },
    });
    consumer.place = { segmentPosition: mark.position, offset: 0 };
    await consumer.save();
    return items;
  }

  async #collect(limit: ReadLimit): Promise<JournalRecord[]> {
    const records: JournalRecord[] = [];
    let bytes = 0;
    while (records.length < limit.recordsMax) {
      const next = this.#unreturned ?? (await this.#nextRecord());
      this.#unreturned = undefined;
      if (!next) break;
      if (records.length > 0 && bytes + next.record.bytes.length > limit.bytesMax) {
        this.#unreturned = next;
        break;
      }
      this.#remember(next.entry);
      records.push(next.record);
      bytes += next.record.bytes.length;
    }
    return records;
  }

  /** The next record; gaps before it become outstanding too, so that they are settled in order. */
  async #nextRecord(): Promise<{ record: JournalRecord; entry: Outstanding } | undefined> {
    for (;;) {
      const found = await this.#source.next();
      if (!found) return undefined;
      const { after, place } = found;
      if (found.kind === 'record') {
        const { record } = found;
        const { items, appendedMs } = record;
        return { record, entry: { after, place, items, isGap: false, appendedMs } };
      }
      this.#remember({ after, place, items: 0, isGap: true, appendedMs: 0 });
      await this.#settleLeadingGaps();
    }
  }

  async #settleLeadingGaps(): Promise<void> {
    if (!this.#outstanding[0]?.isGap) return;
    this.#settle([], { delivered: 0 });
    await this.#save();
  }

  /** A limit may have dropped the record between its reading and now. */
  #remember(entry: Outstanding): void {
    const isDropped = entry.after.position <= this.#consumer.ledger.mark.position;
    (isDropped ? this.#overtaken : this.#outstanding).push(entry);
  }

  #wrong(what: string): JournalError {
    return new JournalError('JOURNAL_OUTCOME', `consumer ${this.#consumer.name} ${what}`);
  }

  /** Settles `taken` and the gaps that follow, which no commit would name. */
  #settle(taken: readonly Outstanding[], outcome: Outcome): void {
    let last = taken.at(-1);
    while (this.#outstanding[0]?.isGap) last = this.#outstanding.shift();
    if (!last) return;
    this.#consumer.ledger = settled(this.#consumer.ledger, last.after, outcome);
    this.#consumer.place = last.place;
  }

  async #save(): Promise<void> {
    await this.#consumer.save();
    await this.#host.committed();
  }
}

function takeUpTo(entries: Outstanding[], position: number): Outstanding[] {
  const end = entries.findIndex((entry) => entry.after.position > position + 1);
  return entries.splice(0, end < 0 ? entries.length : end);
}

function itemsOf(entries: readonly Outstanding[]): number {
  return entries.reduce((sum, entry) => sum + entry.items, 0);
}
