import { isDuplicate } from '@sprout/data';
import type { Database, Migration, Statements } from '@sprout/data';
import type { Handled } from './queue.ts';
import type { Telemetry } from './telemetry.ts';

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

const keepMs = 7 * 86_400_000;
const forgetEveryMs = 600_000;
const forgottenMax = 20_000;

/**
 * Forgets messages handled a week ago, long after an outbox could repeat them; at most
 * `forgottenMax` at a time, so that no delete holds up the inbox.
 */
export function startForgetting(
  database: Database,
  { logger }: Pick<Telemetry, 'logger'>,
): { stop(): void } {
  const forget = async () => {
    try {
      await database.change(`DELETE FROM inbox WHERE received_at < ? LIMIT ${forgottenMax}`, [
        new Date(Date.now() - keepMs),
      ]);
    } catch (error) {
      logger.debug('inbox not cleaned', { 'exception.message': String(error) });
    }
  };
  const timer = setInterval(() => void forget(), forgetEveryMs);
  return { stop: () => clearInterval(timer) };
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
