import type { Mark, StoredRecord } from '../record/record.ts';
import { RecordWalk } from '../record/walk.ts';
import type { SegmentedLog } from '../segment/log.ts';
import type { Segment } from '../segment/segment.ts';
import type { Place } from './consumer.ts';

/** What a source finds next. */
export type Found =
  | {
      readonly kind: 'record';
      readonly record: StoredRecord;
      readonly after: Mark;
      readonly place: Place;
    }
  /** Records up to `after` are damaged or gone. */
  | { readonly kind: 'gap'; readonly after: Mark; readonly place: Place };

/** Reads the durable records of a log in order, from a mark on, across segments and damage. */
export class RecordSource {
  readonly #log: SegmentedLog;
  #next: Mark;
  #hint: Place | undefined;
  #segment: Segment | undefined;
  #walk: RecordWalk | undefined;
  #peeked: StoredRecord | undefined;

  constructor(log: SegmentedLog, start: Mark, hint: Place) {
    this.#log = log;
    this.#next = start;
    this.#hint = hint;
  }

  /** The next record or gap; undefined at the head. */
  async next(): Promise<Found | undefined> {
    if (this.#next.position >= this.#log.head.position) return undefined;
    const here = this.#log.find(this.#next.position);
    // The segment was dropped by a limit; its consumers' ledgers already say so.
    if (!here)
      return this.#gap(this.#log.start, { segmentPosition: this.#log.start.position, offset: 0 });
    const from = this.#next;
    const record = this.#peeked ?? (await this.#read(here.segment, here.end));
    // Meanwhile a limit may have dropped what was being read.
    if (this.#next !== from) return this.next();
    this.#peeked = undefined;
    if (!record) return this.#gap(here.end, this.#placeIn(here.segment));
    if (record.itemsBefore > this.#next.items) {
      this.#peeked = record;
      const after = { position: record.position, items: record.itemsBefore };
      return this.#gap(after, this.#placeIn(here.segment, record.size));
    }
    this.#next = { position: record.position + 1, items: record.itemsBefore + record.items };
    return { kind: 'record', record, after: this.#next, place: this.#placeIn(here.segment) };
  }

  /** Goes on at a later mark, when everything before it was dropped. */
  skipTo(mark: Mark): void {
    if (mark.position <= this.#next.position) return;
    this.#next = mark;
    this.#peeked = undefined;
    this.#segment = undefined;
  }

  #gap(after: Mark, place: Place): Found {
    this.#next = after;
    return { kind: 'gap', after, place };
  }

  #placeIn(segment: Segment, before = 0): Place {
    return { segmentPosition: segment.base.position, offset: (this.#walk?.offset ?? 0) - before };
  }

  /** The next intact record of the segment that is due; undefined when the segment has no more. */
  async #read(segment: Segment, end: Mark): Promise<StoredRecord | undefined> {
    return segment.use(async (file) => {
      if (this.#segment !== segment || !this.#walk) {
        this.#walk = new RecordWalk(file, this.#startOffset(segment));
        this.#segment = segment;
      }
      for (;;) {
        const record = await this.#walk.next(segment.bytes);
        if (!record || record.position >= end.position) return undefined;
        if (record.position >= this.#next.position) return record;
      }
    });
  }

  /** The hint when it is for this segment; a wrong one costs nothing but the records before it. */
  #startOffset(segment: Segment): number {
    const hint = this.#hint;
    this.#hint = undefined;
    if (hint?.segmentPosition !== segment.base.position || hint.offset > segment.bytes) return 0;
    return this.#next.position === segment.base.position ? 0 : hint.offset;
  }
}
