import { uuidToBytes } from '@sprout/data';
import type { Database, SqlValue } from '@sprout/data';
import { seededCustomer } from '../../../../src/seeded-customer.ts';

const accountCount = 100;

/**
 * Fills an empty table with customers, so that there is something to read. Names and ids are the
 * same on every machine, so two instances that seed at once write the same rows once.
 */
export async function seedAccounts(database: Database): Promise<void> {
  const [row] = await database.rows('SELECT 1 FROM account LIMIT 1');
  if (row !== undefined) return;
  const accounts = Array.from({ length: accountCount }, (_, index) => seedRow(index + 1));
  const marks = accounts.map(() => '(?, ?, ?, ?, ?)').join(', ');
  await database.change(`INSERT IGNORE INTO account VALUES ${marks}`, accounts.flat());
}

function seedRow(number: number): SqlValue[] {
  const { id, email, name, createdDate } = seededCustomer(number);
  return [uuidToBytes(id), email, name, createdDate, createdDate];
}
