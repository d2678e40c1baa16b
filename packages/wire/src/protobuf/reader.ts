import type { StringPool } from '../text/string-pool.ts';
import { WireError } from '../wire-error.ts';

/** Reads one field of `target`; returns false for a field it does not know, which is then skipped. */
export type FieldReader<T> = (reader: ProtoReader, tag: number, target: T) => boolean;

/**
 * A bounds-checked cursor over protobuf bytes.
 *
 * A tag is `field number << 3 | wire type`, so a known field with an unexpected wire type falls
 * through to the unknown fields, as the encoding rules ask. Groups (wire types 3 and 4) are refused.
 */
export class ProtoReader {
  readonly buffer: Buffer;
  position: number;
  end: number;
  /** The two halves of the varint that was read last, unsigned. */
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = start;
    this.end = end;
  }

  /** Reads fields up to the end of the current message into `target`. */
  fields<T>(target: T, read: FieldReader<T>): T {
    while (this.position < this.end) {
      const tag = this.tag();
      if (!read(this, tag, target)) this.skip(tag);
    }
    return target;
  }

  /** Reads a length-delimited message into `target`; a repeated singular message merges, as protobuf asks. */
  message<T>(target: T, read: FieldReader<T>): T {
    const outerEnd = this.end;
    this.end = this.lengthEnd();
    this.fields(target, read);
    this.end = outerEnd;
    return target;
  }

  tag(): number {
    this.#varint();
    if (this.#high !== 0 || this.#low < 8) throw this.#undecodable('a field number out of range');
    return this.#low;
  }

  /** Reads a length and returns where its content ends; the position is at the content. */
  lengthEnd(): number {
    this.#varint();
    const end = this.position + this.#low;
    if (this.#high !== 0 || end > this.end) throw this.#undecodable('a length past the end');
    return end;
  }

  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.#varint();
        return;
      case 1:
        this.#advance(8);
        return;
      case 2:
        this.position = this.lengthEnd();
        return;
      case 5:
        this.#advance(4);
        return;
      default:
        throw this.#undecodable(`wire type ${tag & 7}`);
    }
  }

  /** The low 32 bits of a varint, unsigned: for `uint32`, enums and small counts. */
  uint32(): number {
    this.#varint();
    return this.#low;
  }

  /** The low 32 bits of a varint, signed. */
  int32(): number {
    this.#varint();
    return this.#low | 0;
  }

  bool(): boolean {
    this.#varint();
    return this.#low !== 0 || this.#high !== 0;
  }

  /** A varint `int64`: a number where that is exact, else a bigint. */
  int64(): number | bigint {
    this.#varint();
    const value = (this.#high | 0) * 0x1_0000_0000 + this.#low;
    if (Number.isSafeInteger(value)) return value;
    return BigInt.asIntN(64, (BigInt(this.#high) << 32n) | BigInt(this.#low));
  }

  /** A varint `uint64` as bigint. */
  uint64(): bigint {
    this.#varint();
    return (BigInt(this.#high) << 32n) | BigInt(this.#low);
  }

  fixed64(): bigint {
    return this.buffer.readBigUInt64LE(this.#advance(8));
  }

  sfixed64(): bigint {
    return this.buffer.readBigInt64LE(this.#advance(8));
  }

  double(): number {
    return this.buffer.readDoubleLE(this.#advance(8));
  }

  /** Text; bytes that are not UTF-8 become U+FFFD, because refusing a whole request for one would lose more. */
  string(): string {
    const end = this.lengthEnd();
    const text = this.buffer.toString('utf8', this.position, end);
    this.position = end;
    return text;
  }

  /** Text that is likely to come again. */
  pooledString(pool: StringPool): string {
    const end = this.lengthEnd();
    const text = pool.text(this.buffer, this.position, end);
    this.position = end;
    return text;
  }

  /** A copy, so that a kept value does not pin the request it came in. */
  bytes(): Uint8Array {
    const end = this.lengthEnd();
    const value = new Uint8Array(this.buffer.subarray(this.position, end));
    this.position = end;
    return value;
  }

  /** An identifier of `lengths` bytes (0 = absent, '') as lower-case hexadecimal. */
  id(...lengths: readonly number[]): string {
    const end = this.lengthEnd();
    const length = end - this.position;
    if (length !== 0 && !lengths.includes(length)) {
      throw this.#undecodable(`an identifier of ${length} bytes`);
    }
    const hex = this.buffer.toString('hex', this.position, end);
    this.position = end;
    return hex;
  }

  /** Where an identifier of `length` bytes starts, -1 for an empty one. */
  idAt(length: number): number {
    const end = this.lengthEnd();
    const start = this.position;
    if (end !== start && end - start !== length) {
      throw this.#undecodable(`an identifier of ${end - start} bytes`);
    }
    this.position = end;
    return end === start ? -1 : start;
  }

  #advance(length: number): number {
    const start = this.position;
    if (start + length > this.end) throw this.#undecodable('a fixed-width value past the end');
    this.position = start + length;
    return start;
  }

  #varint(): void {
    const first = this.position < this.end ? this.buffer[this.position]! : 128;
    if (first < 128) {
      this.position++;
      this.#low = first;
      this.#high = 0;
      return;
    }
    this.#longVarint();
  }

  #longVarint(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.position >= this.end) throw this.#undecodable('a number past the end');
      const byte = this.buffer[this.position++]!;
      const bits = byte & 127;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 128) {
        if (shift === 63 && byte > 1) break;
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    throw this.#undecodable('a number of more than 64 bits');
  }

  #undecodable(what: string): WireError {
    return new WireError(`undecodable protobuf: ${what} at byte ${this.position}`);
  }
}
