import type { FileLayer } from '../file/file-layer.ts';
import type { Mark, StoredRecord } from '../record/record.ts';
import { RecordWalk } from '../record/walk.ts';
import { baseOfName, openSegment } from './segment.ts';
import type { Segment } from './segment.ts';

/** What a directory holds after a start. */
export interface RecoveredLog {
  /** In order; the last one is appended to. */
  readonly segments: Segment[];
  /** Behind the last intact record. */
  readonly head: Mark;
  /** Bytes of a torn tail that were cut off. */
  readonly truncatedBytes: number;
}

/**
 * Opens the segments of a directory. Only the last one is read through: the others were complete when
 * they were left, and their readers step over damage.
 */
export async function recoverLog(files: FileLayer, directory: string): Promise<RecoveredLog> {
  const bases = (await files.list(directory))
    .map(baseOfName)
    .filter((base) => base !== undefined)
    .sort((left, right) => left.position - right.position || left.items - right.items);
  const segments: Segment[] = [];
  for (const base of bases) {
    const segment = await openSegment(files, directory, base);
    segment.lastAppendedMs = await segment.use((file) => file.modifiedMs());
    segment.firstAppendedMs = await firstAppendedMs(segment);
    segments.push(segment);
  }
  const last = segments.at(-1);
  if (!last) return { segments, head: { position: 1, items: 0 }, truncatedBytes: 0 };
  return { segments, ...(await recoverTail(last)) };
}

async function firstAppendedMs(segment: Segment): Promise<number> {
  const first = await segment.use((file) => new RecordWalk(file).next(segment.bytes));
  return first?.appendedMs ?? 0;
}

async function recoverTail(
  segment: Segment,
): Promise<Pick<RecoveredLog, 'head' | 'truncatedBytes'>> {
  return segment.use(async (file) => {
    const walk = new RecordWalk(file);
    let head = segment.base;
    let validEnd = 0;
    let record: StoredRecord | undefined;
    while ((record = await walk.next(segment.bytes))) {
      head = { position: record.position + 1, items: record.itemsBefore + record.items };
      segment.lastAppendedMs = record.appendedMs;
      validEnd = walk.offset;
    }
    const truncatedBytes = segment.bytes - validEnd;
    if (truncatedBytes > 0) await file.truncate(validEnd);
    // After a kill the tail may be in memory only; what is read from now on must be on disk.
    await file.fdatasync();
    segment.bytes = validEnd;
    return { head, truncatedBytes };
  });
}
