import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A value of a column; a missing one is null. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** What is used of an SQLite database; crash rounds put one on a disk that forgets in its place. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

/** A prepared statement; rows are parsed by whoever reads them. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): unknown;
  get(...values: SqliteValue[]): unknown;
  all(...values: SqliteValue[]): unknown[];
  iterate(...values: SqliteValue[]): Iterable<unknown>;
}

/** Opens a file, creating it with its directory. */
export function openSqlite(path: string): SqliteDatabase {
  mkdirSync(dirname(path), { recursive: true });
  return new DatabaseSync(path);
}

/** Commits when `run` returns, rolls back and rethrows when it throws. */
export function inTransaction(db: SqliteDatabase, run: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    run();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
