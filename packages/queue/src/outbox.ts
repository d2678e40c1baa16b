import type { Migration, Statements } from '@sprout/data';
import { z } from 'zod';
import type { Message } from './queue.ts';
import type { Telemetry } from './telemetry.ts';

/** The table of events that wait to be published, for a service's migrations. */
export const outboxMigration: Migration = {
  id: 'queue-001-outbox',
  sql: `CREATE TABLE IF NOT EXISTS outbox (
    sequence BIGINT PRIMARY KEY AUTO_INCREMENT,
    id BIGINT NOT NULL UNIQUE,
    stream VARCHAR(64) NOT NULL,
    type VARCHAR(64) NOT NULL,
    body TEXT NOT NULL,
    headers TEXT NOT NULL,
    created_at DATETIME(3) NOT NULL,
    published_at DATETIME(3) NULL,
    KEY waiting (published_at, sequence))`,
};

/** An event to publish: `id` is unique within its stream, `body` must survive JSON. */
export interface OutgoingEvent {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly body: unknown;
  readonly at: Date;
}

/**
 * Writes an event beside the change it tells of, in the same transaction: both or neither. The
 * trace it belongs to is kept with it, as it is published when that trace's request is over.
 */
export async function writeToOutbox(
  statements: Statements,
  telemetry: Pick<Telemetry, 'inject'>,
  event: OutgoingEvent,
): Promise<void> {
  const headers: Record<string, string> = {};
  telemetry.inject(headers);
  await statements.change(
    'INSERT INTO outbox (id, stream, type, body, headers, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    [
      BigInt(event.id),
      event.stream,
      event.type,
      JSON.stringify(event.body),
      JSON.stringify(headers),
      event.at,
    ],
  );
}

/**
 * Lets the relay publish events again that left before `publishedBefore`, for a queue that lost
 * them. Resolves to how many of them the outbox still had.
 */
export async function publishAgain(
  statements: Statements,
  eventIds: readonly string[],
  publishedBefore: Date,
): Promise<number> {
  if (eventIds.length === 0) return 0;
  const marks = eventIds.map(() => '?').join(', ');
  return statements.change(
    `UPDATE outbox SET published_at = NULL WHERE id IN (${marks}) AND published_at < ?`,
    [...eventIds.map((id) => BigInt(id)), publishedBefore],
  );
}

/** An event taken from the outbox. */
export interface WaitingEvent {
  readonly sequence: bigint;
  readonly stream: string;
  readonly createdAt: Date;
  /** Of body and headers. */
  readonly bytes: number;
  readonly message: Message;
}

/** The oldest waiting events; rows that another relay holds are passed over. */
export async function takeWaiting(statements: Statements, max: number): Promise<WaitingEvent[]> {
  const rows = await statements.rows(
    `SELECT sequence, id, stream, type, body, headers, created_at,
       LENGTH(body) + LENGTH(headers) AS bytes FROM outbox
     WHERE published_at IS NULL ORDER BY sequence LIMIT ? FOR UPDATE SKIP LOCKED`,
    [max],
  );
  return rows.map((row) => rowSchema.parse(row));
}

export async function markPublished(
  statements: Statements,
  sequences: readonly bigint[],
  at: Date,
): Promise<void> {
  if (sequences.length === 0) return;
  const marks = sequences.map(() => '?').join(', ');
  await statements.change(`UPDATE outbox SET published_at = ? WHERE sequence IN (${marks})`, [
    at,
    ...sequences,
  ]);
}

const json = z.string().transform((text): unknown => JSON.parse(text));

const rowSchema = z
  .object({
    sequence: z.coerce.bigint(),
    id: z.coerce.string(),
    stream: z.string(),
    type: z.string(),
    body: json,
    headers: json.pipe(z.record(z.string(), z.string())),
    created_at: z.date(),
    bytes: z.coerce.number(),
  })
  .transform(({ sequence, stream, created_at: createdAt, bytes, ...message }): WaitingEvent => ({
    sequence,
    stream,
    createdAt,
    bytes,
    message,
  }));
