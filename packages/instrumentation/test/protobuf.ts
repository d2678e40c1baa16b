/** The fields of a protobuf message: number → values as they stand on the wire. */
export type Fields = Map<number, (Buffer | bigint)[]>;

/** Reads one message without knowing its schema (https://protobuf.dev/programming-guides/encoding). */
export function readFields(bytes: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number) => bytes.subarray(at, (at += length));
  while (at < bytes.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    const value = wire === 0 ? varint() : take(wire === 1 ? 8 : wire === 5 ? 4 : Number(varint()));
    const values = fields.get(tag >> 3) ?? [];
    fields.set(tag >> 3, [...values, value]);
  }
  return fields;
}

/** The messages of a repeated field. */
export function messages(fields: Fields, number: number): Fields[] {
  return (fields.get(number) ?? []).filter((v) => Buffer.isBuffer(v)).map(readFields);
}

/** The bytes of a field, empty when it is absent. */
export function bytesOf(fields: Fields, number: number): Buffer {
  const value = fields.get(number)?.[0];
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

/** The integer of a field, 0 when it is absent. */
export function integerOf(fields: Fields, number: number): number {
  const value = fields.get(number)?.[0];
  return Buffer.isBuffer(value) ? Number(value.readBigUInt64LE()) : Number(value ?? 0);
}
