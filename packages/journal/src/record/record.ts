import { crc32 } from 'node:zlib';

/** A place in the log: the position of the next record there, and all items of the records before it. */
export interface Mark {
  readonly position: number;
  readonly items: number;
}

/** One record as it was appended. */
export interface JournalRecord {
  /** Counts records from 1. */
  readonly position: number;
  /** What the ledger counts, for example spans. */
  readonly items: number;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly appendedMs: number;
}

/** A record found in a segment. */
export interface StoredRecord extends JournalRecord {
  /** Items of all records before this one: a gap shows how many items are missing. */
  readonly itemsBefore: number;
  /** Header and bytes together. */
  readonly size: number;
}

/** Bytes before the content of each record. */
export const headerBytes = 40;
/** The largest content of a record. */
export const recordBytesMax = 64 * 1024 * 1024;
/** Starts every record; a reader that lost its way searches for it. */
export const magic = Buffer.from('SPJ1', 'latin1');

// Layout, little endian: magic 4, crc32 4 (of all that follows), length 4, items 4, position 8,
// items before 8, appended at 8, content.

/** Encodes records one after the other, starting at `mark`. */
export function encodeRecords(
  records: readonly { readonly bytes: Uint8Array; readonly items: number }[],
  mark: Mark,
  appendedMs: number,
): Buffer {
  const size = records.reduce((sum, { bytes }) => sum + headerBytes + bytes.length, 0);
  const buffer = Buffer.allocUnsafe(size);
  let at = 0;
  let { position, items: itemsBefore } = mark;
  for (const { bytes, items } of records) {
    magic.copy(buffer, at);
    buffer.writeUInt32LE(bytes.length, at + 8);
    buffer.writeUInt32LE(items, at + 12);
    buffer.writeDoubleLE(position++, at + 16);
    buffer.writeDoubleLE(itemsBefore, at + 24);
    buffer.writeDoubleLE(appendedMs, at + 32);
    buffer.set(bytes, at + headerBytes);
    const end = at + headerBytes + bytes.length;
    buffer.writeUInt32LE(crc32(buffer.subarray(at + 8, end)), at + 4);
    itemsBefore += items;
    at = end;
  }
  return buffer;
}

/** The size of the record at `at`, as its header claims; undefined when no record can start there. */
export function claimedSize(buffer: Buffer, at: number): number | undefined {
  if (!buffer.subarray(at, at + 4).equals(magic)) return undefined;
  const length = buffer.readUInt32LE(at + 8);
  return length > recordBytesMax ? undefined : headerBytes + length;
}

/** The record of `size` bytes at `at`; undefined when its checksum does not fit. */
export function parseRecord(buffer: Buffer, at: number, size: number): StoredRecord | undefined {
  const end = at + size;
  if (crc32(buffer.subarray(at + 8, end)) !== buffer.readUInt32LE(at + 4)) return undefined;
  return {
    items: buffer.readUInt32LE(at + 12),
    position: buffer.readDoubleLE(at + 16),
    itemsBefore: buffer.readDoubleLE(at + 24),
    appendedMs: buffer.readDoubleLE(at + 32),
    bytes: buffer.subarray(at + headerBytes, end),
    size,
  };
}
