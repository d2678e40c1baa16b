import { createHash } from 'node:crypto';
import { SproutError } from '@sprout/process';
import type { Endpoint } from '@sprout/process';
import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { isRepeatedDefinition } from './database-error.ts';
import type { DataPlace } from './tls.ts';
import { dial } from './dial.ts';
import { connectionOptions, ownCredentials } from './pools.ts';
import type { Credentials } from './pools.ts';

/** One step of a schema. MySQL commits each DDL statement by itself, so a step is one statement. */
export interface Migration {
  /** Unique within the database, in order, for example `001-orders`. */
  readonly id: string;
  /**
   * Must bear being repeated (`IF NOT EXISTS`): a crash can fall between it and its record. MySQL
   * has no such words for ADD COLUMN and ADD KEY; what is there already counts as added.
   */
  readonly sql: string;
}

const lockWaitSeconds = 30;

/**
 * Creates the database and brings its schema forward; there is no way back. Many processes may
 * do so at once: a lock of the server lets one work while the others wait. Resolves to the ids
 * applied now. Throws SproutError `MIGRATION_CHANGED` when an applied step reads differently.
 */
export async function migrate(
  config: DataPlace,
  endpoint: Endpoint,
  database: string,
  migrations: readonly Migration[],
  credentials: Credentials = ownCredentials(config),
): Promise<string[]> {
  const connection = await createConnection({
    ...connectionOptions(config, credentials, endpoint),
    stream: () => dial(config, endpoint),
  });
  try {
    await connection.query('CREATE DATABASE IF NOT EXISTS ??', [database]);
    await connection.query('USE ??', [database]);
    return await locked(connection, database, () => apply(connection, migrations));
  } finally {
    connection.destroy();
  }
}

async function locked<T>(connection: Connection, name: string, work: () => Promise<T>): Promise<T> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [
    `${name}.migrations`,
    lockWaitSeconds,
  ]);
  if (Number(rows[0]?.['got']) !== 1) {
    throw new SproutError('MIGRATION_LOCKED', `another process has been migrating ${name}`, {
      hint: `it has held the lock for more than ${lockWaitSeconds} s; look at its log`,
    });
  }
  // The end of the connection gives the lock back.
  return work();
}

async function apply(connection: Connection, migrations: readonly Migration[]): Promise<string[]> {
  await connection.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    id VARCHAR(64) PRIMARY KEY, checksum CHAR(64) NOT NULL, applied_at DATETIME(3) NOT NULL)`);
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT id, checksum FROM schema_migrations',
  );
  const applied = new Map(rows.map((row) => [String(row['id']), String(row['checksum'])]));
  refuseChanged(migrations, applied);
  const missing = migrations.filter(({ id }) => !applied.has(id));
  for (const { id, sql } of missing) {
    await runStep(connection, sql);
    await connection.query('INSERT INTO schema_migrations VALUES (?, ?, UTC_TIMESTAMP(3))', [
      id,
      checksum(sql),
    ]);
  }
  return missing.map(({ id }) => id);
}

async function runStep(connection: Connection, sql: string): Promise<void> {
  try {
    await connection.query(sql);
  } catch (error) {
    if (!isRepeatedDefinition(error)) throw error;
  }
}

function refuseChanged(migrations: readonly Migration[], applied: ReadonlyMap<string, string>) {
  const changed = migrations.find(
    ({ id, sql }) => applied.has(id) && applied.get(id) !== checksum(sql),
  );
  if (changed === undefined) return;
  throw new SproutError('MIGRATION_CHANGED', `migration ${changed.id} was edited after it ran`, {
    hint: 'restore it and add a new migration that makes the change',
  });
}

/** White space does not count, so that a formatter may touch the text. */
function checksum(sql: string): string {
  return createHash('sha256').update(sql.replaceAll(/\s+/g, ' ').trim()).digest('hex');
}
