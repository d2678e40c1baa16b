import { z } from 'zod';
import { inTransaction, openSqlite } from '../storage/sqlite.ts';
import type { SqliteDatabase } from '../storage/sqlite.ts';
import { dayMemory } from './day-memory.ts';
import type { DayMemory, SummedDay } from './day-memory.ts';
import { addDay, addMinute, dayRow, emptyDaySum, sumDay, windowSumOf } from './day-row.ts';
import type { DayRow, DaySum } from './day-row.ts';
import { dayOf } from './ledger-change.ts';
import type { ChangedDay, LedgerChange } from './ledger-change.ts';
import { minuteState, minutesPerDay } from './ledger.ts';
import type { Ledger, MinuteColumns, MinuteEntry, ObjectiveMinutes } from './ledger.ts';

/** The stored ledger: what is read from it, and how a change is written. */
export interface LedgerFile extends Omit<Ledger, 'commit' | 'close'> {
  /** A day as it is stored, to be changed. */
  day(objective: string, day: number): DayRow;
  /** Writes a change whole or not at all. */
  write(change: LedgerChange): void;
  /** The last change that was written; 0 before the first. */
  revision(): number;
  /** Which ledger this is a copy of; null when it is none. */
  origin(): string | null;
  /** Forgets everything and becomes an empty copy of another ledger. */
  become(origin: string): void;
  close(): void;
}

/**
 * When a change is synced: `final` minutes and the checkpoint before `write` returns, since their
 * samples may soon be gone; a copy never, since the original still has them.
 */
export type Durability = 'final' | 'copy';

/**
 * A ledger in one SQLite file. Final minutes are packed rows, one per objective and day, with
 * their roll-up beside them; provisional minutes lie over them and are replaced at each change.
 * Roll-ups are read once and remembered, and so are the days that were read last.
 */
export function openLedgerFile(
  path: string,
  durability: Durability,
  open: typeof openSqlite = openSqlite,
): LedgerFile {
  const db = open(path);
  db.exec(schema);
  const statements = prepare(db);
  let provisional = loadProvisional(statements);
  const memory = dayMemory({
    readSums: (objective) => statements.readSums.all(objective).map(summedDay),
    readRow: (objective, day) => readRow(statements, objective, day),
  });
  return {
    day: (objective, day) => readRow(statements, objective, day),
    write: (change) => {
      const isFinal = change.days.length > 0 || change.checkpoint !== undefined;
      db.exec(`PRAGMA synchronous = ${isFinal && durability === 'final' ? 'EXTRA' : 'NORMAL'}`);
      const days = change.days.map((changed) => ({ ...changed, sum: sumOf(changed) }));
      inTransaction(db, () => writeChange(statements, change, days));
      for (const { objective, day, sum } of days) memory.written(objective, { day, sum });
      provisional = byObjective(change.provisional);
    },
    sum: async (objective, from, to) => {
      const open = provisional.get(objective) ?? [];
      const sum = emptyDaySum();
      if (from < to && wasMeasured(memory, open, objective, from)) sum.firstMeasured = from;
      addStored(sum, memory, objective, from, to);
      for (const entry of open) {
        if (entry.minute >= from && entry.minute < to) addMinute(sum, entry);
      }
      return windowSumOf(sum);
    },
    minutes: async (objective, from, to) => {
      const columns = readColumns(memory, objective, from, to);
      for (const entry of provisional.get(objective) ?? []) overlay(columns, entry);
      return columns;
    },
    groupsOf: async (objective) => {
      const prefix = `${objective}?`;
      const open = [...provisional.keys()].filter((key) => key.startsWith(prefix));
      return [...new Set([...storedGroups(statements, prefix), ...open])].toSorted();
    },
    checkpoint: async () => textRow.parse(statements.readCheckpoint.get())?.body,
    revision: () => headRow.parse(statements.readHead.get()).revision,
    origin: () => headRow.parse(statements.readHead.get()).origin,
    become: (origin) => {
      inTransaction(db, () => {
        db.exec('DELETE FROM day; DELETE FROM day_sum; DELETE FROM provisional');
        db.exec('DELETE FROM checkpoint');
        statements.writeHead.run(0, origin);
      });
      memory.clear();
      provisional = new Map();
    },
    close: () => db.close(),
  };
}

/**
 * EXTRA also syncs the directory when the journal of the very first transaction is removed: found
 * again after a power failure, it would take back the whole file.
 */
const schema = `
  PRAGMA synchronous = EXTRA;
  PRAGMA journal_mode = WAL;
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
  CREATE TABLE IF NOT EXISTS head (
    id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL, origin TEXT
  );
  INSERT OR IGNORE INTO head VALUES (1, 0, NULL);
`;

type Statements = ReturnType<typeof prepare>;

function prepare(db: SqliteDatabase) {
  return {
    readDay: db.prepare('SELECT body FROM day WHERE objective = ? AND day = ?'),
    writeDay: db.prepare('INSERT OR REPLACE INTO day VALUES (?, ?, ?)'),
    readSums: db.prepare('SELECT * FROM day_sum WHERE objective = ? ORDER BY day'),
    writeSum: db.prepare('INSERT OR REPLACE INTO day_sum VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    // `@` follows `?` in every encoding, so this is the range of all texts with the prefix.
    readGroups: db.prepare(
      'SELECT DISTINCT objective FROM day_sum WHERE objective > ? AND objective < ?',
    ),
    readProvisional: db.prepare('SELECT objective, body FROM provisional'),
    clearProvisional: db.prepare('DELETE FROM provisional'),
    writeProvisional: db.prepare('INSERT INTO provisional VALUES (?, ?)'),
    readCheckpoint: db.prepare('SELECT body FROM checkpoint'),
    readHead: db.prepare('SELECT revision, origin FROM head'),
    writeHead: db.prepare('UPDATE head SET revision = ?, origin = ?'),
    writeRevision: db.prepare('UPDATE head SET revision = ?'),
    writeCheckpoint: db.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?)'),
  };
}

/** A changed day with its roll-up. */
interface RolledUpDay extends ChangedDay {
  readonly sum: DaySum;
}

const sumOf = ({ row, day }: ChangedDay): DaySum =>
  sumDay(row, day, day * minutesPerDay, (day + 1) * minutesPerDay);

function writeChange(
  statements: Statements,
  change: LedgerChange,
  days: readonly RolledUpDay[],
): void {
  for (const day of days) writeDay(statements, day);
  statements.clearProvisional.run();
  for (const [objective, minutes] of byObjective(change.provisional)) {
    statements.writeProvisional.run(objective, JSON.stringify(minutes));
  }
  if (change.checkpoint !== undefined) statements.writeCheckpoint.run(change.checkpoint);
  statements.writeRevision.run(change.revision);
}

function writeDay(statements: Statements, { objective, day, row, sum }: RolledUpDay): void {
  statements.writeDay.run(objective, day, row.bytes);
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

function byObjective(list: readonly ObjectiveMinutes[]): Map<string, readonly MinuteEntry[]> {
  return new Map(list.map(({ objective, minutes }) => [objective, inOrder(minutes)]));
}

/**
 * Whether an objective was measured before a stretch: then all of the stretch counts for coverage.
 * Only an objective that begins within it is not held to what was before.
 */
function wasMeasured(
  memory: DayMemory,
  provisional: readonly MinuteEntry[],
  objective: string,
  from: number,
): boolean {
  const first = memory.sumsOf(objective).find(({ sum }) => sum.firstMeasured !== null)?.sum;
  if ((first?.firstMeasured ?? Infinity) < from) return true;
  return provisional.some(({ minute, state }) => minute < from && state === minuteState.measured);
}

/** Whole days from their roll-ups, the two days at the edges from their minutes. */
function addStored(
  total: DaySum,
  memory: DayMemory,
  objective: string,
  from: number,
  to: number,
): void {
  for (const { day, sum } of daysBetween(memory, objective, from, to)) {
    const whole = day * minutesPerDay >= from && (day + 1) * minutesPerDay <= to;
    addDay(total, whole ? sum : sumDay(memory.rowOf(objective, day), day, from, to));
  }
}

function readColumns(
  memory: DayMemory,
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
  for (const { day } of daysBetween(memory, objective, from, to)) {
    copyDay(columns, memory.rowOf(objective, day), day * minutesPerDay, to);
  }
  return columns;
}

/** Stored days that have minutes in a stretch. */
function daysBetween(memory: DayMemory, objective: string, from: number, to: number) {
  const [firstDay, lastDay] = [dayOf(from), dayOf(to - 1)];
  return memory.sumsOf(objective).filter(({ day }) => day >= firstDay && day <= lastDay);
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

function summedDay(stored: unknown): SummedDay {
  const { day, ...sum } = sumRow.parse(stored);
  return { day, sum };
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

const inOrder = (minutes: readonly MinuteEntry[]): readonly MinuteEntry[] =>
  minutes.toSorted((a, b) => a.minute - b.minute);

const body = z.instanceof(Uint8Array);
const bodyRow = z.object({ body }).optional();
const textRow = z.object({ body: z.string() }).optional();
const headRow = z.object({ revision: z.number(), origin: z.string().nullable() });
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

/** Provisional minutes as text carries them. */
export const provisionalSchema = z.array(
  z.object({ objective: z.string(), minutes: z.array(minuteEntry) }),
);
