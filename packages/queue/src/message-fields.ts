import { messageSchema } from './queue.ts';
import type { Message } from './queue.ts';

/** The flat fields of a message. Headers keep their names behind a prefix, readable in redis-cli. */
export function toFields({ id, type, body, headers }: Message): string[] {
  return [
    'id',
    id,
    'type',
    type,
    'body',
    JSON.stringify(body),
    ...Object.entries(headers).flatMap(([name, value]) => [`${headerPrefix}${name}`, value]),
  ];
}

/** Throws when the fields are no message: ZodError, or SyntaxError for a body that is not JSON. */
export function fromFields(flat: readonly string[]): Message {
  const fields = namedFields(flat);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith(headerPrefix)) headers[name.slice(headerPrefix.length)] = value;
  }
  const body: unknown = JSON.parse(fields['body'] ?? 'null');
  return messageSchema.parse({ ...fields, body, headers });
}

/** Flat fields by their names. */
export function namedFields(flat: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let i = 0; i + 1 < flat.length; i += 2) fields[flat[i] ?? ''] = flat[i + 1] ?? '';
  return fields;
}

const headerPrefix = 'header.';
