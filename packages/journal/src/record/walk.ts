import type { OpenFile } from '../file/file-layer.ts';
import { claimedSize, headerBytes, magic, parseRecord } from './record.ts';
import type { StoredRecord } from './record.ts';

/** How much of a segment is read at once; larger records are read whole. */
export const chunkBytes = 256 * 1024;

/** Reads the records of one file in order and steps over what is damaged. */
export class RecordWalk {
  /** Where the next record is looked for. */
  offset: number;
  readonly #file: OpenFile;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkOffset = 0;

  constructor(file: OpenFile, offset = 0) {
    this.#file = file;
    this.offset = offset;
  }

  /** The next intact record before `end`, which must not cut a record; undefined when there is none. */
  async next(end: number): Promise<StoredRecord | undefined> {
    while (this.offset + headerBytes <= end) {
      const record = await this.#recordHere(end);
      if (record) {
        this.offset += record.size;
        return record;
      }
      await this.#skipToMagic(end);
    }
    this.offset = end;
    return undefined;
  }

  async #recordHere(end: number): Promise<StoredRecord | undefined> {
    const headerAt = await this.#load(headerBytes, end);
    const size = claimedSize(this.#chunk, headerAt);
    if (size === undefined || this.offset + size > end) return undefined;
    const at = await this.#load(size, end);
    return parseRecord(this.#chunk, at, size);
  }

  async #skipToMagic(end: number): Promise<void> {
    this.offset++;
    while (this.offset + headerBytes <= end) {
      const at = await this.#load(headerBytes, end);
      const found = this.#chunk.indexOf(magic, at);
      if (found >= 0) {
        this.offset = this.#chunkOffset + found;
        return;
      }
      // The magic itself may be cut by the end of the chunk.
      this.offset = this.#chunkOffset + this.#chunk.length - magic.length + 1;
    }
    this.offset = end;
  }

  /** Makes sure that `length` bytes at the offset are in the chunk and returns where they start in it. */
  async #load(length: number, end: number): Promise<number> {
    const at = this.offset - this.#chunkOffset;
    if (at >= 0 && at + length <= this.#chunk.length) return at;
    const wanted = Math.min(Math.max(length, chunkBytes), end - this.offset);
    this.#chunk = await this.#file.read(wanted, this.offset);
    this.#chunkOffset = this.offset;
    if (this.#chunk.length < length) throw new Error('a segment is shorter than what was written');
    return 0;
  }
}
