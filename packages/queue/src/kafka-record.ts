import { namedFields } from './message-fields.ts';

/** What of a record carries a message. */
export interface KafkaRecord {
  readonly value?: Buffer | null;
  readonly headers: ReadonlyMap<Buffer, Buffer>;
}

/** Value and headers of the record that carries flat fields: the body is the value. */
export function toRecord(flat: readonly string[]) {
  const { body = 'null', ...fields } = namedFields(flat);
  return {
    value: Buffer.from(body),
    headers: new Map(
      Object.entries(fields).map(([name, value]) => [Buffer.from(name), Buffer.from(value)]),
    ),
  };
}

/** The flat fields of a record. */
export function fieldsOf({ value, headers }: KafkaRecord): string[] {
  const others = [...headers].flatMap(([name, text]) => [String(name), String(text)]);
  return ['body', String(value ?? ''), ...others];
}
