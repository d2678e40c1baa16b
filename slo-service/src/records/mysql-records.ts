import type { Database, Statements } from '@sprout/data';
import { z } from 'zod';
import { inTurn } from './in-turn.ts';
import { decodeRecord, recordMemory } from './record-memory.ts';
import type { RecordMemory } from './record-memory.ts';
import type { RecordKind, Records, RecordStore } from './record-store.ts';

/** Removals remembered per kind; a replica that missed more reads everything again. */
const removalsMax = 10_000;

/**
 * Records in MySQL that replicas share. Every change takes the next revision of its kind, whose
 * row it locks; so changes of one kind follow one another, and a replica takes in what is newer
 * than what it knows. A removed record stays as a row without a body until it is long past.
 */
export function mysqlRecords(db: Database): Records {
  const opened: Pick<RecordStore<unknown>, 'refresh'>[] = [];
  return {
    open: async (kind) => {
      const store = openKind(db, kind);
      await store.refresh();
      opened.push(store);
      return store;
    },
    refresh: async () => {
      for (const store of opened) await store.refresh();
    },
    close: async () => {},
  };
}

function openKind<T>(db: Database, kind: RecordKind<T>): RecordStore<T> {
  const memory = recordMemory(kind);
  let known = 0;
  const queue = inTurn();
  const locked = <R>(work: (sql: Statements, revision: number) => Promise<Written<T, R>>) =>
    queue(async () => {
      const { written, revision } = await db.transaction(async (sql) => {
        const next = await nextRevision(sql, kind.name);
        // What others have committed is taken in first: bounds and changes are judged by it.
        takeIn(memory, await readNewer(sql, kind, known, next - 1));
        known = next - 1;
        return { written: await work(sql, next), revision: next };
      });
      for (const row of written.rows) takeInRow(memory, row);
      known = revision;
      return written.result;
    });
  const write = (sql: Statements, id: string, record: T, revision: number) =>
    writeRecord(sql, kind, memory.displacedBy([id]), { id, record, revision });
  return {
    all: memory.all,
    find: memory.find,
    put: (id, record) =>
      locked(async (sql, revision) => ({
        rows: await write(sql, id, record, revision),
        result: record,
      })),
    putAll: (list) =>
      locked(async (sql, revision) => {
        const displaced = memory.displacedBy(list.map(([id]) => id));
        const rows: Row<T>[] = [];
        for (const [index, [id, record]] of list.entries()) {
          const gone = index === 0 ? displaced : [];
          rows.push(...(await writeRecord(sql, kind, gone, { id, record, revision })));
        }
        return { rows, result: undefined };
      }),
    change: (id, next) =>
      locked<T | undefined>(async (sql, revision) => {
        const stored = memory.find(id);
        const changed = stored === undefined ? undefined : next(stored);
        if (changed === undefined) return { rows: [], result: undefined };
        return { rows: await write(sql, id, changed, revision), result: changed };
      }),
    remove: (id) =>
      locked(async (sql, revision) => {
        const existed = memory.find(id) !== undefined;
        if (existed) await erase(sql, kind.name, [id], revision);
        return { rows: existed ? [{ id, record: undefined }] : [], result: existed };
      }),
    revision: memory.revision,
    refresh: () =>
      queue(async () => {
        const stored = await revisionOf(db, kind.name);
        if (stored === known) return;
        takeIn(memory, await readNewer(db, kind, known, stored));
        known = stored;
      }),
  };
}

interface Row<T> {
  readonly id: string;
  /** Undefined when it was removed. */
  readonly record: T | undefined;
}

interface Written<T, R> {
  readonly rows: readonly Row<T>[];
  readonly result: R;
}

interface Newer<T> {
  /** Whether `rows` are all there are, not only the newer ones. */
  readonly all: boolean;
  readonly rows: readonly Row<T>[];
}

function takeIn<T>(memory: RecordMemory<T>, { all, rows }: Newer<T>): void {
  if (all) {
    const kept = new Set(rows.map(({ id }) => id));
    for (const id of memory.ids()) if (!kept.has(id)) memory.delete(id);
  }
  for (const row of rows) takeInRow(memory, row);
}

function takeInRow<T>(memory: RecordMemory<T>, { id, record }: Row<T>): void {
  if (record === undefined) memory.delete(id);
  else memory.set(id, record);
}

async function revisionOf(sql: Statements, kind: string): Promise<number> {
  const rows = await sql.rows('SELECT revision FROM record_kind WHERE kind = ?', [kind]);
  return rows[0] === undefined ? 0 : revisionSchema.parse(rows[0]).revision;
}

async function nextRevision(sql: Statements, kind: string): Promise<number> {
  await sql.change(
    `INSERT INTO record_kind (kind, revision) VALUES (?, 1)
     ON DUPLICATE KEY UPDATE revision = revision + 1`,
    [kind],
  );
  return revisionOf(sql, kind);
}

async function readNewer<T>(
  sql: Statements,
  kind: RecordKind<T>,
  known: number,
  revision: number,
): Promise<Newer<T>> {
  const all = revision < known || revision - known > removalsMax;
  const since = all ? 0 : known;
  if (since === revision) return { all, rows: [] };
  const rows = await sql.rows(
    'SELECT id, body FROM record WHERE kind = ? AND revision > ? ORDER BY number',
    [kind.name, since],
  );
  return { all, rows: rows.map((row) => decodeRow(kind, row)) };
}

function decodeRow<T>(kind: RecordKind<T>, stored: unknown): Row<T> {
  const { id: bytes, body } = rowSchema.parse(stored);
  const id = bytes.toString('utf8');
  return { id, record: body === null ? undefined : decodeRecord(kind, id, body) };
}

async function writeRecord<T>(
  sql: Statements,
  { name }: RecordKind<T>,
  displaced: readonly string[],
  { id, record, revision }: { id: string; record: T; revision: number },
): Promise<Row<T>[]> {
  if (displaced.length > 0) await erase(sql, name, displaced, revision);
  // One that was removed and comes again is a new one, at the end.
  await sql.change('DELETE FROM record WHERE kind = ? AND id = ? AND body IS NULL', [name, id]);
  await sql.change(
    `INSERT INTO record (kind, id, body, revision) VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE body = VALUES(body), revision = VALUES(revision)`,
    [name, id, JSON.stringify(record), revision],
  );
  return [...displaced.map((old) => ({ id: old, record: undefined })), { id, record }];
}

async function erase(
  sql: Statements,
  kind: string,
  ids: readonly string[],
  revision: number,
): Promise<void> {
  for (const id of ids) {
    await sql.change('UPDATE record SET body = NULL, revision = ? WHERE kind = ? AND id = ?', [
      revision,
      kind,
      id,
    ]);
  }
  await sql.change('DELETE FROM record WHERE kind = ? AND body IS NULL AND revision < ?', [
    kind,
    revision - removalsMax,
  ]);
}

const revisionSchema = z.object({ revision: z.coerce.number().int() });
const rowSchema = z.object({ id: z.instanceof(Buffer), body: z.string().nullable() });
