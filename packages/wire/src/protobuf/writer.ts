/** Grows as it is written; a tag is `field number << 3 | wire type`. Zero values are the caller's to leave out. */
export class ProtoWriter {
  #buffer: Buffer = Buffer.allocUnsafe(1024);
  #length = 0;

  /** What was written, as a view that later writes do not change. */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#buffer.buffer, this.#buffer.byteOffset, this.#length);
    this.#buffer = Buffer.allocUnsafe(1024);
    this.#length = 0;
    return bytes;
  }

  /** Writes a message of unknown length: one byte is kept for the length and widened where that is too narrow. */
  message(tag: number, write: () => void): void {
    this.#varint32(tag);
    const lengthAt = this.#length;
    this.#reserve(1);
    this.#length++;
    write();
    const length = this.#length - lengthAt - 1;
    const extra = varintBytes(length) - 1;
    if (extra > 0) {
      this.#reserve(extra);
      this.#buffer.copyWithin(lengthAt + 1 + extra, lengthAt + 1, this.#length);
    }
    this.#length = lengthAt;
    this.#varint32(length);
    this.#length += length;
  }

  string(tag: number, value: string): void {
    const length = Buffer.byteLength(value);
    this.#varint32(tag);
    this.#varint32(length);
    this.#reserve(length);
    this.#buffer.write(value, this.#length, 'utf8');
    this.#length += length;
  }

  bytes(tag: number, value: Uint8Array): void {
    this.#varint32(tag);
    this.#varint32(value.length);
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
  }

  /** An identifier given as hexadecimal. */
  hex(tag: number, value: string): void {
    this.bytes(tag, Buffer.from(value, 'hex'));
  }

  uint32(tag: number, value: number): void {
    this.#varint32(tag);
    this.#varint32(value);
  }

  bool(tag: number, value: boolean): void {
    this.uint32(tag, value ? 1 : 0);
  }

  /** A varint `int64`; negative values take ten bytes. */
  int64(tag: number, value: number | bigint): void {
    this.#varint32(tag);
    if (typeof value === 'number' && value >= 0 && value <= 0xffff_ffff) {
      this.#varint32(value);
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    this.#reserve(10);
    while (rest > 127n) {
      this.#buffer[this.#length++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.#buffer[this.#length++] = Number(rest);
  }

  fixed64(tag: number, value: bigint): void {
    this.#varint32(tag);
    this.#reserve(8);
    this.#buffer.writeBigUInt64LE(BigInt.asUintN(64, value), this.#length);
    this.#length += 8;
  }

  double(tag: number, value: number): void {
    this.#varint32(tag);
    this.#reserve(8);
    this.#buffer.writeDoubleLE(value, this.#length);
    this.#length += 8;
  }

  #varint32(value: number): void {
    let rest = value >>> 0;
    this.#reserve(5);
    while (rest > 127) {
      this.#buffer[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#buffer[this.#length++] = rest;
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#buffer.length) return;
    const wider = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + extra));
    this.#buffer.copy(wider, 0, 0, this.#length);
    this.#buffer = wider;
  }
}

function varintBytes(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}
