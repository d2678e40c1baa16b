import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

/**
 * One UTC day of the store, by arrival. Blocks hold the telemetry; everything else says which
 * blocks to read. A block is *fresh* as it arrives and *sealed* once merged with its neighbours.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS block (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, sealed INTEGER NOT NULL,
    min_ms INTEGER NOT NULL, max_ms INTEGER NOT NULL,
    items INTEGER NOT NULL, raw_bytes INTEGER NOT NULL, bytes BLOB NOT NULL);
  CREATE INDEX IF NOT EXISTS block_time ON block (kind, max_ms);
  CREATE INDEX IF NOT EXISTS block_fresh ON block (kind) WHERE sealed = 0;
  CREATE TABLE IF NOT EXISTS trace_block (
    trace BLOB NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (trace, block)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS service_block (
    service TEXT NOT NULL, block INTEGER NOT NULL,
    errors INTEGER NOT NULL, max_duration_ms REAL NOT NULL,
    PRIMARY KEY (service, block)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS stream (id INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS stream_block (
    stream INTEGER NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (stream, block)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS word_filter (block INTEGER PRIMARY KEY, bits BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS progress (journal TEXT PRIMARY KEY, position INTEGER NOT NULL);
`;

export type BlockKind = 'traces' | 'logs';

/** What is known about a block without reading it; times are Unix milliseconds. */
export interface BlockRow {
  readonly id: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** An open day. Statements are prepared once. */
export interface Day {
  /** `2026-11-23`. */
  readonly name: string;
  readonly db: DatabaseSync;
  sql(text: string): StatementSync;
  /** Runs `write` whole or not at all, durable when it returns. */
  transaction(write: () => void): void;
  /** Bytes in use; free pages do not count. */
  bytes(): number;
  close(): void;
}

export function openDay(path: string, name: string): Day {
  const db = new DatabaseSync(path);
  // FULL: the journal's cursor moves on once a transaction is done, so it must survive power loss.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -1024;');
  db.exec('PRAGMA wal_autocheckpoint = 256; PRAGMA journal_size_limit = 4194304;');
  db.exec(schema);
  const statements = new Map<string, StatementSync>();
  const sql = (text: string): StatementSync => {
    const known = statements.get(text);
    if (known) return known;
    const statement = db.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  return {
    name,
    db,
    sql,
    transaction: (write) => transaction(db, write),
    bytes: () => usedBytes(db),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}

function transaction(db: DatabaseSync, write: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    write();
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function usedBytes(db: DatabaseSync): number {
  const pragma = (name: string) =>
    Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}

/** Adds a block and returns its id. */
export function insertBlock(
  day: Day,
  block: {
    readonly kind: BlockKind;
    readonly sealed: boolean;
    readonly minMs: number;
    readonly maxMs: number;
    readonly items: number;
    readonly rawBytes: number;
    readonly bytes: Uint8Array;
  },
): number {
  const { lastInsertRowid } = day
    .sql(
      `INSERT INTO block (kind, sealed, min_ms, max_ms, items, raw_bytes, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      block.kind,
      block.sealed ? 1 : 0,
      block.minMs,
      block.maxMs,
      block.items,
      block.rawBytes,
      block.bytes,
    );
  return Number(lastInsertRowid);
}

/** The packed bytes of a block; undefined when retention removed it meanwhile. */
export function blockBytes(day: Day, id: number): Uint8Array | undefined {
  const row = day.sql('SELECT bytes FROM block WHERE id = ?').get(id);
  return row?.['bytes'] as Uint8Array | undefined;
}

/** Reads rows of `SELECT id, min_ms, max_ms …`. */
export function toBlockRow(row: Record<string, unknown>): BlockRow {
  return { id: Number(row['id']), minMs: Number(row['min_ms']), maxMs: Number(row['max_ms']) };
}
