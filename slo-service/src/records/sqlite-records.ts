import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { takeInEarlierFiles } from './earlier-files.ts';
import { decodeRecord, recordMemory } from './record-memory.ts';
import type { RecordKind, Records, RecordStore } from './record-store.ts';

/**
 * Records in one SQLite file, held by one process. Every change is one transaction that is synced
 * before it resolves; what earlier versions kept in files beside it is taken in once.
 */
export function openSqliteRecords(path: string): Records {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  db.exec(schema);
  takeInEarlierFiles(db, dirname(path));
  return {
    open: async (kind) => openKind(db, kind),
    refresh: async () => {},
    close: async () => db.close(),
  };
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS record (
    number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL,
    body TEXT NOT NULL, UNIQUE (kind, id)
  );
`;

function openKind<T>(db: DatabaseSync, kind: RecordKind<T>): RecordStore<T> {
  const memory = recordMemory(kind);
  const all = db.prepare('SELECT id, body FROM record WHERE kind = ? ORDER BY number');
  for (const row of all.iterate(kind.name)) {
    const { id, body } = rowSchema.parse(row);
    memory.set(id, decodeRecord(kind, id, body));
  }
  const write = db.prepare(
    `INSERT INTO record (kind, id, body) VALUES (?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body`,
  );
  const erase = db.prepare('DELETE FROM record WHERE kind = ? AND id = ?');
  const put = async (id: string, record: T) => {
    const displaced = memory.displacedBy(id);
    inTransaction(db, () => {
      for (const old of displaced) erase.run(kind.name, old);
      write.run(kind.name, id, JSON.stringify(record));
    });
    for (const old of displaced) memory.delete(old);
    memory.set(id, record);
    return record;
  };
  return {
    all: memory.all,
    find: memory.find,
    put,
    change: async (id, next) => {
      const stored = memory.find(id);
      const changed = stored === undefined ? undefined : next(stored);
      return changed === undefined ? undefined : put(id, changed);
    },
    remove: async (id) => {
      erase.run(kind.name, id);
      return memory.delete(id);
    },
    revision: memory.revision,
    refresh: async () => {},
  };
}

function inTransaction(db: DatabaseSync, run: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    run();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

const rowSchema = z.object({ id: z.string(), body: z.string() });
