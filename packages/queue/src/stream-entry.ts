import { messageSchema } from './queue.ts';
import type { Message } from './queue.ts';

/** One entry of a Redis stream: its id and its fields, flat. */
export type StreamEntry = readonly [id: string, fields: readonly string[]];

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

/** Throws when the entry is no message: ZodError, or SyntaxError for a body that is not JSON. */
export function fromFields(flat: readonly string[]): Message {
  const fields: Record<string, string> = {};
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const [name, value] = [flat[i] ?? '', flat[i + 1] ?? ''];
    if (name.startsWith(headerPrefix)) headers[name.slice(headerPrefix.length)] = value;
    else fields[name] = value;
  }
  const body: unknown = JSON.parse(fields['body'] ?? 'null');
  return messageSchema.parse({ ...fields, body, headers });
}

const headerPrefix = 'header.';
