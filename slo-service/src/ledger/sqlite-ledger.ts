import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import {
  addDay,
  addEntry,
  addMinute,
  dayRow,
  emptyDaySum,
  sumDay,
  windowSumOf,
} from './day-row.ts';
import type { DayRow, DaySum } from './day-row.ts';
import { minuteState, minutesPerDay } from './ledger.ts';
import type {
  Ledger,
  LedgerBatch,
  MinuteColumns,
  MinuteEntry,
  ObjectiveMinutes,
} from './ledger.ts';

/**
 * A ledger in one SQLite file. Final minutes are packed rows, one per objective and day, with
 * their roll-up beside them; provisional minutes lie over them and are replaced at each commit.
 * A commit is one transaction, so a killed process finds minutes and checkpoint in agreement.
 */
export function openSqliteLedger(path: string): Ledger {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  db.exec(schema);
  const statements = prepare(db);
  const provisional = loadProvisional(statements);
  return {
    commit: async (batch) => commit(db, statements, provisional, batch),
    sum: async (objective, from, to) => {
      const sum = sumStored(statements, objective, from, to);
      for (const entry of provisional.get(objective) ?? []) {
        if (entry.minute >= from && entry.minute < to) addMinute(sum, entry);
      }
      return windowSumOf(sum);
    },
    minutes: async (objective, from, to) => {
      const columns = readColumns(statements, objective, from, to);
      for (const entry of provisional.get(objective) ?? []) overlay(columns, entry);
      return columns;
    },
    groupsOf: async (objective) => {
      const prefix = `${objective}?`;
      const open = [...provisional.keys()].filter((key) => key.startsWith(prefix));
      return [...new Set([...storedGroups(statements, prefix), ...open])].toSorted();
    },
    checkpoint: async () => textRow.parse(statements.readCheckpoint.get())?.body,
    close: async () => db.close(),
  };
}

/**
 * A transaction that a power failure takes back takes its checkpoint back too, and its samples
 * are read again; so the log need not be synced at every commit.
 */
const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA journal_size_limit = 16777216;
  CREATE TABLE IF NOT EXISTS day (
    objective TEXT NOT NULL, day INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (objective, day)
  );
  CREATE TABLE IF NOT EXISTS day_sum (
    objective TEXT NOT NULL, day INTEGER NOT NULL,
    valid REAL NOT NULL, bad REAL NOT NULL, covered REAL NOT NULL, closed INTEGER NOT NULL,
    coveredSinceFirst REAL NOT NULL, closedSinceFirst INTEGER NOT NULL, firstMeasured INTEGER,
    PRIMARY KEY (objective, day)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS provisional (objective TEXT PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS checkpoint (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL);
`;

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  return {
    readDay: db.prepare('SELECT body FROM day WHERE objective = ? AND day = ?'),
    readDays: db.prepare(
      'SELECT day, body FROM day WHERE objective = ? AND day BETWEEN ? AND ? ORDER BY day',
    ),
    writeDay: db.prepare('INSERT OR REPLACE INTO day VALUES (?, ?, ?)'),
    readSums: db.prepare(
      'SELECT * FROM day_sum WHERE objective = ? AND day BETWEEN ? AND ? ORDER BY day',
    ),
    writeSum: db.prepare('INSERT OR REPLACE INTO day_sum VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    // `@` follows `?` in every encoding, so this is the range of all texts with the prefix.
    readGroups: db.prepare(
      'SELECT DISTINCT objective FROM day_sum WHERE objective > ? AND objective < ?',
    ),
    readProvisional: db.prepare('SELECT objective, body FROM provisional'),
    clearProvisional: db.prepare('DELETE FROM provisional'),
    writeProvisional: db.prepare('INSERT INTO provisional VALUES (?, ?)'),
    readCheckpoint: db.prepare('SELECT body FROM checkpoint'),
    writeCheckpoint: db.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?)'),
  };
}

function commit(
  db: DatabaseSync,
  statements: Statements,
  provisional: Map<string, readonly MinuteEntry[]>,
  batch: LedgerBatch,
): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const { objective, minutes } of batch.final) addFinal(statements, objective, minutes);
    statements.clearProvisional.run();
    for (const { objective, minutes } of batch.provisional) {
      statements.writeProvisional.run(objective, JSON.stringify(minutes));
    }
    if (batch.checkpoint !== undefined) statements.writeCheckpoint.run(batch.checkpoint);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
  provisional.clear();
  for (const { objective, minutes } of batch.provisional) {
    provisional.set(objective, inOrder(minutes));
  }
}

function addFinal(
  statements: Statements,
  objective: string,
  minutes: ObjectiveMinutes['minutes'],
): void {
  for (const [day, entries] of Map.groupBy(minutes, ({ minute }) => dayOf(minute))) {
    const row = readRow(statements, objective, day);
    for (const entry of entries) addEntry(row, entry);
    statements.writeDay.run(objective, day, row.bytes);
    const sum = sumDay(row, day, day * minutesPerDay, (day + 1) * minutesPerDay);
    statements.writeSum.run(
      objective,
      day,
      sum.valid,
      sum.bad,
      sum.covered,
      sum.closed,
      sum.coveredSinceFirst,
      sum.closedSinceFirst,
      sum.firstMeasured,
    );
  }
}

/** Whole days from their roll-ups, the two days at the edges from their minutes. */
function sumStored(statements: Statements, objective: string, from: number, to: number): DaySum {
  const total = emptyDaySum();
  const [firstDay, lastDay] = [dayOf(from), dayOf(to - 1)];
  for (const stored of statements.readSums.iterate(objective, firstDay, lastDay)) {
    const { day, ...sum } = sumRow.parse(stored);
    const whole = day * minutesPerDay >= from && (day + 1) * minutesPerDay <= to;
    addDay(total, whole ? sum : sumDay(readRow(statements, objective, day), day, from, to));
  }
  return total;
}

function readColumns(
  statements: Statements,
  objective: string,
  from: number,
  to: number,
): MinuteColumns {
  const columns = {
    fromMinute: from,
    valid: new Float64Array(to - from),
    bad: new Float64Array(to - from),
    coverage: new Float64Array(to - from),
    state: new Uint8Array(to - from),
  };
  for (const stored of statements.readDays.iterate(objective, dayOf(from), dayOf(to - 1))) {
    const { day, body } = dayBody.parse(stored);
    copyDay(columns, dayRow(body), day * minutesPerDay, to);
  }
  return columns;
}

function copyDay(columns: MinuteColumns, row: DayRow, base: number, to: number): void {
  const begin = Math.max(columns.fromMinute, base);
  const end = Math.min(to, base + minutesPerDay);
  const at = begin - columns.fromMinute;
  columns.valid.set(row.valid.subarray(begin - base, end - base), at);
  columns.bad.set(row.bad.subarray(begin - base, end - base), at);
  columns.coverage.set(row.coverage.subarray(begin - base, end - base), at);
  columns.state.set(row.state.subarray(begin - base, end - base), at);
}

function overlay({ fromMinute, valid, bad, coverage, state }: MinuteColumns, entry: MinuteEntry) {
  const index = entry.minute - fromMinute;
  if (index < 0 || index >= valid.length) return;
  valid[index] = (valid[index] ?? 0) + entry.valid;
  bad[index] = (bad[index] ?? 0) + entry.bad;
  if (entry.coverage === null) return;
  coverage[index] = entry.coverage;
  state[index] = entry.state;
}

function readRow(statements: Statements, objective: string, day: number): DayRow {
  return dayRow(bodyRow.parse(statements.readDay.get(objective, day))?.body);
}

function storedGroups(statements: Statements, prefix: string): string[] {
  const end = `${prefix.slice(0, -1)}@`;
  return statements.readGroups.all(prefix, end).map((row) => groupRow.parse(row).objective);
}

function loadProvisional(statements: Statements): Map<string, readonly MinuteEntry[]> {
  return new Map(
    statements.readProvisional.all().map((stored) => {
      const { objective, body } = provisionalRow.parse(stored);
      return [objective, inOrder(z.array(minuteEntry).parse(JSON.parse(body)))];
    }),
  );
}

const dayOf = (minute: number): number => Math.floor(minute / minutesPerDay);

const inOrder = (minutes: readonly MinuteEntry[]): readonly MinuteEntry[] =>
  minutes.toSorted((a, b) => a.minute - b.minute);

const body = z.instanceof(Uint8Array);
const bodyRow = z.object({ body }).optional();
const dayBody = z.object({ day: z.number(), body });
const textRow = z.object({ body: z.string() }).optional();
const groupRow = z.object({ objective: z.string() });
const provisionalRow = z.object({ objective: z.string(), body: z.string() });
const sumRow = z.object({
  day: z.number(),
  valid: z.number(),
  bad: z.number(),
  covered: z.number(),
  closed: z.number(),
  coveredSinceFirst: z.number(),
  closedSinceFirst: z.number(),
  firstMeasured: z.number().nullable(),
});
const minuteEntry = z.object({
  minute: z.number(),
  valid: z.number(),
  bad: z.number(),
  coverage: z.number().nullable(),
  state: z.enum(minuteState),
});
