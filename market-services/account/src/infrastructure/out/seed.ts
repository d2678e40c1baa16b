import { createHash } from 'node:crypto';
import { uuidToBytes, uuidV7 } from '@sprout/data';
import type { Database, SqlValue } from '@sprout/data';

const accountCount = 100;
const seededAt = new Date('2024-12-09T00:00:00Z');

/**
 * Fills an empty table with customers, so that there is something to read. Names and ids are the
 * same on every machine, so two instances that seed at once write the same rows once.
 */
export async function seedAccounts(database: Database): Promise<void> {
  const [row] = await database.rows('SELECT 1 FROM account LIMIT 1');
  if (row !== undefined) return;
  const accounts = Array.from({ length: accountCount }, (_, index) => seedAccount(index + 1));
  const marks = accounts.map(() => '(?, ?, ?, ?, ?)').join(', ');
  await database.change(`INSERT IGNORE INTO account VALUES ${marks}`, accounts.flat());
}

function seedAccount(number: number): SqlValue[] {
  const label = String(number).padStart(3, '0');
  const random = createHash('sha256').update(`account ${number}`).digest();
  const id = uuidV7(seededAt.getTime() + number, random);
  const email = `customer-${label}@market.example`;
  return [uuidToBytes(id), email, `Customer ${label}`, seededAt, seededAt];
}
