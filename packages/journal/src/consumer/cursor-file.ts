import { crc32 } from 'node:zlib';
import type { FileLayer, OpenFile } from '../file/file-layer.ts';
import { JournalError } from '../journal-error.ts';
import type { Ledger } from './ledger.ts';

/** Each of the two slots of a cursor file; the names of drop reasons must fit into one. */
export const slotBytes = 4096;

/** A ledger with the byte offset behind its mark, a hint that saves a reader the search. */
export interface Cursor {
  readonly ledger: Ledger;
  /** Position the segment of the hint starts at. */
  readonly segmentPosition: number;
  readonly offset: number;
}

/**
 * A consumer's cursor on disk. Writes alternate between two slots, so a torn write leaves the cursor
 * before it; one fdatasync per write, no rename.
 */
export class CursorFile {
  readonly #file: OpenFile;
  #sequence: number;

  constructor(file: OpenFile, sequence: number) {
    this.#file = file;
    this.#sequence = sequence;
  }

  async save(cursor: Cursor): Promise<void> {
    const sequence = this.#sequence + 1;
    await this.#file.write(encodeSlot(cursor, sequence), (sequence % 2) * slotBytes);
    await this.#file.fdatasync();
    this.#sequence = sequence;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Opens a cursor file and reads the newest intact slot; a new file has none. */
export async function openCursorFile(
  files: FileLayer,
  path: string,
): Promise<{ readonly file: CursorFile; readonly cursor: Cursor | undefined }> {
  const open = await files.open(path);
  const content = await open.read(2 * slotBytes, 0);
  const slots = [
    decodeSlot(content.subarray(0, slotBytes)),
    decodeSlot(content.subarray(slotBytes)),
  ];
  const newest = slots
    .filter((slot) => slot !== undefined)
    .sort((left, right) => right.sequence - left.sequence)[0];
  return { file: new CursorFile(open, newest?.sequence ?? 0), cursor: newest?.cursor };
}

interface Slot {
  readonly sequence: number;
  readonly cursor: Cursor;
}

// Layout: crc32 4 (of all that follows), length 4, JSON.
function encodeSlot(cursor: Cursor, sequence: number): Buffer {
  const json = Buffer.from(JSON.stringify({ sequence, cursor } satisfies Slot));
  if (json.length + 8 > slotBytes) {
    throw new JournalError(
      'JOURNAL_OUTCOME',
      `a cursor of ${json.length} bytes does not fit its slot: use fewer drop reasons`,
    );
  }
  const slot = Buffer.alloc(8 + json.length);
  slot.writeUInt32LE(json.length, 4);
  json.copy(slot, 8);
  slot.writeUInt32LE(crc32(slot.subarray(4)), 0);
  return slot;
}

function decodeSlot(bytes: Buffer): Slot | undefined {
  if (bytes.length < 8) return undefined;
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length || crc32(bytes.subarray(4, end)) !== bytes.readUInt32LE(0))
    return undefined;
  // The checksum says that this is what encodeSlot wrote.
  return JSON.parse(bytes.toString('utf8', 8, end)) as Slot;
}
