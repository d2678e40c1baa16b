import { isDuplicate, uuidFromBytes, uuidToBytes } from '@sprout/data';
import type { Migration, Pools, Statements } from '@sprout/data';
import { z } from 'zod';
import type { AccountRepository } from '../../domain/account-repository.ts';
import { EmailTaken } from '../../domain/account.ts';
import type { Account } from '../../domain/account.ts';

export const accountMigrations: readonly Migration[] = [
  {
    id: '001-account',
    sql: `CREATE TABLE IF NOT EXISTS account (
      id BINARY(16) PRIMARY KEY,
      email VARCHAR(255) NOT NULL UNIQUE,
      name VARCHAR(255) NOT NULL,
      created_date DATETIME(3) NOT NULL,
      modified_date DATETIME(3) NOT NULL)`,
  },
];

/** Accounts in MySQL: commands on the primary, queries on the replica. */
export function createAccountTable({ primary, replica }: Pools): AccountRepository {
  return {
    insert: ({ id, email, name, createdDate, modifiedDate }) =>
      refusingTakenEmail(async () => {
        await primary.change('INSERT INTO account VALUES (?, ?, ?, ?, ?)', [
          uuidToBytes(id),
          email,
          name,
          createdDate,
          modifiedDate,
        ]);
      }),
    find: (id) => findIn(replica, id),
    list: async (limit, offset) => {
      const rows = await replica.rows(`${select} ORDER BY id LIMIT ? OFFSET ?`, [limit, offset]);
      return rows.map((row) => rowSchema.parse(row));
    },
    change: (id, { email = null, name = null }, at) =>
      refusingTakenEmail(() =>
        primary.transaction(async (statements) => {
          await statements.change(
            `UPDATE account SET email = COALESCE(?, email), name = COALESCE(?, name),
             modified_date = ? WHERE id = ?`,
            [email, name, at, uuidToBytes(id)],
          );
          return findIn(statements, id);
        }),
      ),
    remove: async (id) =>
      (await primary.change('DELETE FROM account WHERE id = ?', [uuidToBytes(id)])) > 0,
  };
}

const select = 'SELECT id, email, name, created_date, modified_date FROM account';

async function findIn(statements: Statements, id: string): Promise<Account | undefined> {
  const [row] = await statements.rows(`${select} WHERE id = ?`, [uuidToBytes(id)]);
  return row === undefined ? undefined : rowSchema.parse(row);
}

async function refusingTakenEmail<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicate(error) ? new EmailTaken(error) : error;
  }
}

const rowSchema = z
  .object({
    id: z.instanceof(Buffer),
    email: z.string(),
    name: z.string(),
    created_date: z.date(),
    modified_date: z.date(),
  })
  .transform((row): Account => ({
    id: uuidFromBytes(row.id),
    email: row.email,
    name: row.name,
    createdDate: row.created_date,
    modifiedDate: row.modified_date,
  }));
