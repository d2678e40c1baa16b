import { JournalError, JournalFullError } from '../journal-error.ts';
import { recordBytesMax } from '../record/record.ts';

/** Bytes that may wait for the disk; more are refused rather than held in memory. */
export const pendingBytesMax = 128 * 1024 * 1024;
/** What one write and fdatasync take together. */
export const groupBytesMax = 8 * 1024 * 1024;

/** One append that waits for its group. */
export interface Pending {
  readonly bytes: Uint8Array;
  readonly items: number;
}

/** Writes a group durably and returns the position of its first record. */
export type WriteGroup = (group: readonly Pending[]) => Promise<number>;

/**
 * Group commit: appends that arrive while a group is being written share the next write and the next
 * fdatasync. Order of calls is order of positions.
 */
export class GroupWriter {
  readonly #writeGroup: WriteGroup;
  #waiting: (Pending & PromiseWithResolvers<number>)[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(writeGroup: WriteGroup) {
    this.#writeGroup = writeGroup;
  }

  append(bytes: Uint8Array, items: number): Promise<number> {
    const refusal = this.#refusal(bytes, items);
    if (refusal) return Promise.reject(refusal);
    const waiting = { bytes, items, ...Promise.withResolvers<number>() };
    this.#waiting.push(waiting);
    this.#waitingBytes += bytes.length;
    this.#running ??= this.#run();
    return waiting.promise;
  }

  /** Refuses further appends and resolves when the waiting ones are settled. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  #refusal(bytes: Uint8Array, items: number): Error | undefined {
    if (this.#closed) return new JournalError('JOURNAL_CLOSED', 'the journal is closed');
    if (!Number.isInteger(items) || items < 0 || items > 0xffff_ffff) {
      return new JournalError('JOURNAL_OUTCOME', `items must be a count, not ${items}`);
    }
    if (bytes.length > recordBytesMax) {
      const message = `a record of ${bytes.length} bytes is over the limit of ${recordBytesMax}`;
      return new JournalError('JOURNAL_RECORD_TOO_LARGE', message);
    }
    if (this.#waitingBytes + bytes.length > pendingBytesMax) {
      return new JournalFullError(`${this.#waitingBytes} bytes already wait for the disk`);
    }
    return undefined;
  }

  async #run(): Promise<void> {
    // One turn of the microtask queue lets appends of the same moment join the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        const first = await this.#writeGroup(group);
        for (const [index, one] of group.entries()) one.resolve(first + index);
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    this.#running = undefined;
  }

  #takeGroup(): (Pending & PromiseWithResolvers<number>)[] {
    let bytes = 0;
    let count = 0;
    for (const one of this.#waiting) {
      if (count > 0 && bytes + one.bytes.length > groupBytesMax) break;
      bytes += one.bytes.length;
      count++;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }
}
