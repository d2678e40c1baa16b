import type { z } from 'zod';

/** What the documents of one kind are, and how many of them are kept. */
export interface RecordKind<T> {
  /** Stored beside every record, so it never changes. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Name of the bound in messages and its value. */
  readonly recordsMax: number;
  /**
   * What may be forgotten for a new record when `recordsMax` are kept; the oldest goes first.
   * Without it, or when nothing may go, the new one is refused.
   */
  readonly mayForget?: (record: T) => boolean;
}

/** Documents of one kind, kept for good. */
export interface RecordStore<T> {
  /** From memory, oldest first; the same array until a record changes. */
  all(): readonly T[];
  find(id: string): T | undefined;
  /**
   * Adds a record, or replaces the one with that id in its place; it is on disk when this
   * resolves. Rejects with `RECORDS_FULL` when there is no room.
   */
  put(id: string, record: T): Promise<T>;
  /** Puts several at once, in order, all or none: one synced transaction for all of them. */
  putAll(records: readonly (readonly [id: string, record: T])[]): Promise<void>;
  /** Replaces a record by what `next` makes of its stored state, which no other replica changes
   * meanwhile; undefined leaves it as it is, and is the answer then. */
  change(id: string, next: (stored: T) => T | undefined): Promise<T | undefined>;
  /** Whether there was such a record. */
  remove(id: string): Promise<boolean>;
  /** Grows with every change. */
  revision(): number;
  /** Takes in what other replicas wrote. */
  refresh(): Promise<void>;
}

/** Where documents of all kinds are kept. */
export interface Records {
  /** Opens a kind, once, and reads what is kept of it. */
  open<T>(kind: RecordKind<T>): Promise<RecordStore<T>>;
  /** Takes in what other replicas wrote, for every open kind. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}
