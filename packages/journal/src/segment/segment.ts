import { join } from 'node:path';
import type { FileLayer, OpenFile } from '../file/file-layer.ts';
import type { Mark } from '../record/record.ts';

/**
 * One file of the log. Its name tells the mark it starts at, so a segment ends where the next one
 * starts: records beyond that are left over from a write that was rejected.
 */
export class Segment {
  readonly base: Mark;
  readonly path: string;
  /** Length that is on disk and valid. */
  bytes = 0;
  /** When the first and the last record were appended, milliseconds since 1970; 0 while empty. */
  firstAppendedMs = 0;
  lastAppendedMs = 0;
  readonly #file: OpenFile;
  #users = 0;
  #closing = false;

  constructor(path: string, base: Mark, file: OpenFile) {
    this.path = path;
    this.base = base;
    this.#file = file;
  }

  /** Runs `work` with the file, which stays open meanwhile even when the segment is closed. */
  async use<T>(work: (file: OpenFile) => Promise<T>): Promise<T> {
    this.#users++;
    try {
      return await work(this.#file);
    } finally {
      this.#users--;
      await this.#closeWhenUnused();
    }
  }

  get isClosed(): boolean {
    return this.#closing;
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#closeWhenUnused();
  }

  async #closeWhenUnused(): Promise<void> {
    if (this.#closing && this.#users === 0) await this.#file.close();
  }
}

/** Opens or creates the segment that starts at `base`. */
export async function openSegment(
  files: FileLayer,
  directory: string,
  base: Mark,
): Promise<Segment> {
  const path = join(directory, segmentName(base));
  const segment = new Segment(path, base, await files.open(path));
  segment.bytes = await segment.use((file) => file.size());
  return segment;
}

/** The file name of the segment that starts at `base`. */
export function segmentName(base: Mark): string {
  return `${String(base.position).padStart(16, '0')}-${String(base.items).padStart(16, '0')}.segment`;
}

/** The mark in a segment's file name; undefined for other files. */
export function baseOfName(name: string): Mark | undefined {
  const match = /^(\d{16})-(\d{16})\.segment$/.exec(name);
  return match ? { position: Number(match[1]), items: Number(match[2]) } : undefined;
}
