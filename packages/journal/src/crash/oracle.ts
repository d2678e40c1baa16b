import { crc32 } from 'node:zlib';
import type { JournalRecord } from '../record/record.ts';

/** What was found wrong over all rounds. */
export interface Verdict {
  readonly records: number;
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
  readonly damaged: number;
}

/**
 * Knows what was acknowledged and compares it with what is read afterwards. A record that was never
 * acknowledged may have survived, but at most once.
 */
export class Oracle {
  readonly #acknowledged = new Map<number, number>();
  readonly #seen = new Set<number>();
  #records = 0;
  #lost = 0;
  #doubled = 0;
  #reordered = 0;
  #damaged = 0;
  #lastPosition = 0;

  /** Record `id` was acknowledged at `position`. */
  acknowledge(id: number, position: number): void {
    this.#acknowledged.set(id, position);
  }

  /** One record as it was read, in the order of reading. */
  observe(record: JournalRecord): void {
    const id = payloadId(record.bytes);
    if (id === undefined) {
      this.#damaged++;
      return;
    }
    this.#records++;
    if (this.#seen.has(id)) this.#doubled++;
    this.#seen.add(id);
    const expected = this.#acknowledged.get(id) ?? record.position;
    if (record.position <= this.#lastPosition || record.position !== expected) this.#reordered++;
    this.#lastPosition = record.position;
    this.#acknowledged.delete(id);
  }

  /** Everything that is left in the journal was observed: what is still missing is lost. */
  endRound(): void {
    this.#lost += this.#acknowledged.size;
    this.#acknowledged.clear();
  }

  get verdict(): Verdict {
    return {
      records: this.#records,
      lost: this.#lost,
      doubled: this.#doubled,
      reordered: this.#reordered,
      damaged: this.#damaged,
    };
  }
}

/** Content of record `id`: its number, a checksum and filling of `size` bytes that depends on both. */
export function payload(id: number, size: number): Buffer {
  const bytes = Buffer.alloc(12 + size, `${id}:`);
  bytes.writeDoubleLE(id, 0);
  bytes.writeUInt32LE(0, 8);
  bytes.writeUInt32LE(crc32(bytes), 8);
  return bytes;
}

function payloadId(bytes: Uint8Array): number | undefined {
  const copy = Buffer.from(bytes);
  if (copy.length < 12) return undefined;
  const checksum = copy.readUInt32LE(8);
  copy.writeUInt32LE(0, 8);
  return crc32(copy) === checksum ? copy.readDoubleLE(0) : undefined;
}
