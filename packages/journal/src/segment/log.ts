import type { FileLayer } from '../file/file-layer.ts';
import type { Mark } from '../record/record.ts';
import type { RecoveredLog } from './recover.ts';
import { openSegment } from './segment.ts';
import type { Segment } from './segment.ts';

/** The segments of a journal and the durable head; knows nothing of consumers. */
export class SegmentedLog {
  readonly directory: string;
  readonly files: FileLayer;
  readonly segments: Segment[];
  /** Behind the last record that is on disk. */
  head: Mark;

  constructor(files: FileLayer, directory: string, recovered: RecoveredLog) {
    this.files = files;
    this.directory = directory;
    this.segments = recovered.segments;
    this.head = recovered.head;
  }

  /** Bytes of all segments. */
  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  /** Where the oldest record that is kept starts. */
  get start(): Mark {
    return this.segments[0]?.base ?? this.head;
  }

  /** The segment that is appended to. */
  get active(): Segment {
    const segment = this.segments.at(-1);
    if (!segment) throw new Error('a journal always has a segment');
    return segment;
  }

  /** Starts a new segment at the head; an empty one that starts there is kept. */
  async roll(): Promise<void> {
    const last = this.segments.at(-1);
    if (last && last.base.position === this.head.position && last.base.items === this.head.items) {
      return;
    }
    const segment = await openSegment(this.files, this.directory, this.head);
    try {
      // A file of that name can only be left over from a roll that did not succeed.
      await segment.use((file) => file.truncate(0));
      await this.files.syncDirectory(this.directory);
    } catch (error) {
      await segment.close();
      throw error;
    }
    segment.bytes = 0;
    this.segments.push(segment);
  }

  /** Appends encoded records durably and moves the head. */
  async append(encoded: Uint8Array, head: Mark, appendedMs: number): Promise<void> {
    const segment = this.active;
    await segment.use(async (file) => {
      await file.write(encoded, segment.bytes);
      await file.fdatasync();
    });
    segment.bytes += encoded.length;
    segment.firstAppendedMs ||= appendedMs;
    segment.lastAppendedMs = appendedMs;
    this.head = head;
  }

  /** Cuts off what a failed append may have left and goes on in a new segment. */
  async repair(): Promise<void> {
    const segment = this.active;
    await segment.use(async (file) => {
      await file.truncate(segment.bytes);
      await file.fdatasync();
    });
    // After a failed fdatasync the kernel may hold pages for clean that never reached the disk.
    await this.roll();
  }

  /** Deletes the oldest segment. */
  async removeOldest(): Promise<void> {
    const segment = this.segments.shift();
    if (!segment) return;
    await segment.close();
    await this.files.remove(segment.path);
  }

  /** The segment that holds `position`, and the mark where it ends: the next segment's base or the head. */
  find(position: number): { readonly segment: Segment; readonly end: Mark } | undefined {
    const index = this.segments.findLastIndex(({ base }) => base.position <= position);
    const segment = this.segments[index];
    if (!segment) return undefined;
    return { segment, end: this.segments[index + 1]?.base ?? this.head };
  }

  async close(): Promise<void> {
    for (const segment of this.segments) await segment.close();
  }
}
