import { isDuplicate } from '@sprout/data';
import type { Database, Migration, Statements } from '@sprout/data';
import type { Handled } from './queue.ts';

/** The table of events already handled, for a service's migrations. */
export const inboxMigration: Migration = {
  id: 'queue-002-inbox',
  sql: `CREATE TABLE IF NOT EXISTS inbox (
    id BIGINT PRIMARY KEY,
    received_at DATETIME(3) NOT NULL,
    KEY received (received_at))`,
};

/**
 * Makes the effect of a message once: its id is recorded in the transaction that makes the
 * effect, under a unique key, so a repetition finds the record and changes nothing.
 */
export async function handleOnce(
  database: Database,
  eventId: string,
  effect: (statements: Statements) => Promise<void>,
): Promise<Handled> {
  return database.transaction(async (statements) => {
    if (!(await record(statements, eventId))) return 'duplicate';
    await effect(statements);
    return 'processed';
  });
}

async function record(statements: Statements, eventId: string): Promise<boolean> {
  try {
    await statements.change('INSERT INTO inbox (id, received_at) VALUES (?, ?)', [
      BigInt(eventId),
      new Date(),
    ]);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
