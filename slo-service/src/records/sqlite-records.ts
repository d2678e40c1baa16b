import { dirname } from 'node:path';
import { z } from 'zod';
import { inTransaction, openSqlite } from '../storage/sqlite.ts';
import type { SqliteDatabase } from '../storage/sqlite.ts';
import { takeInEarlierFiles } from './earlier-files.ts';
import { decodeRecord, recordMemory } from './record-memory.ts';
import type { RecordKind, Records, RecordStore } from './record-store.ts';

/**
 * Records in one SQLite file, held by one process. Every change is one transaction that is synced
 * before it resolves; what earlier versions kept in files beside it is taken in once.
 */
export function openSqliteRecords(path: string, open: typeof openSqlite = openSqlite): Records {
  const db = open(path);
  db.exec(schema);
  takeInEarlierFiles(db, dirname(path));
  return {
    open: async (kind) => openKind(db, kind),
    refresh: async () => {},
    close: async () => db.close(),
  };
}

/**
 * EXTRA also syncs the directory when the journal of the very first transaction is removed: found
 * again after a power failure, it would take back the whole file.
 */
const schema = `
  PRAGMA synchronous = EXTRA;
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS record (
    number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL,
    body TEXT NOT NULL, UNIQUE (kind, id)
  );
`;

function openKind<T>(db: SqliteDatabase, kind: RecordKind<T>): RecordStore<T> {
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
  const putAll = async (list: readonly (readonly [string, T])[]) => {
    const displaced = memory.displacedBy(list.map(([id]) => id));
    inTransaction(db, () => {
      for (const old of displaced) erase.run(kind.name, old);
      for (const [id, record] of list) write.run(kind.name, id, JSON.stringify(record));
    });
    for (const old of displaced) memory.delete(old);
    for (const [id, record] of list) memory.set(id, record);
  };
  const put = async (id: string, record: T) => {
    await putAll([[id, record]]);
    return record;
  };
  return {
    all: memory.all,
    find: memory.find,
    put,
    putAll,
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

const rowSchema = z.object({ id: z.string(), body: z.string() });
