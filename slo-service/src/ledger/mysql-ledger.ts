import type { Database, Statements } from '@sprout/data';
import { SproutError } from '@sprout/process';
import { z } from 'zod';
import { dayRow } from './day-row.ts';
import { changeOf } from './ledger-change.ts';
import type { ChangedDay, LedgerChange } from './ledger-change.ts';
import { openLedgerFile, provisionalSchema } from './ledger-file.ts';
import type { LedgerFile } from './ledger-file.ts';
import type { Ledger } from './ledger.ts';

/** A ledger that replicas share; one of them writes, and proves it with a fencing token. */
export interface SharedLedger extends Ledger {
  /**
   * Makes this replica the one that writes. Throws `LEDGER_FENCED` when a newer token was used;
   * whoever wrote before can write no more.
   */
  claim(token: number): Promise<void>;
  /** The newest token this replica knows of. */
  fence(): number;
  /** Takes in what another replica wrote. */
  refresh(): Promise<void>;
}

/**
 * A ledger in MySQL with a copy in an SQLite file of this replica. Everything is read from the
 * copy, so readings cost what they cost there and go on while MySQL is away. A commit locks the
 * head row, on which fence and revision must be the ones this replica knows: a writer that was
 * replaced, or that does not know whether its last commit arrived, is refused.
 */
export async function openMysqlLedger(db: Database, copyPath: string): Promise<SharedLedger> {
  const copy = openLedgerFile(copyPath, 'copy');
  let token: number | undefined;
  let fence = 0;
  const refresh = async () => {
    fence = Math.max(fence, await pull(db, copy));
  };
  await refresh();
  return {
    ...copy,
    refresh,
    fence: () => fence,
    claim: async (wanted) => {
      token = undefined;
      const matched = await db.change(
        'UPDATE ledger_head SET fence = ? WHERE id = 1 AND fence <= ?',
        [wanted, wanted],
      );
      await refresh();
      if (matched === 0) throw fenced(`token ${wanted} is older than ${fence}`);
      token = wanted;
    },
    commit: async (batch) => {
      const change = await db.transaction(async (sql) => {
        const head = await lockHead(sql);
        fence = Math.max(fence, head.fence);
        if (head.fence !== token) throw fenced(`token ${head.fence} replaced ${token ?? 'none'}`);
        if (head.revision !== copy.revision()) throw fenced('the ledger has moved on');
        const next = changeOf(batch, head.revision + 1, copy.day);
        await writeChange(sql, next);
        return next;
      });
      copy.write(change);
    },
    close: async () => copy.close(),
  };
}

/** Rows of one statement; a day is 36 kB, and twice that on its way. */
const daysPerStatement = 50;

async function lockHead(sql: Statements) {
  const rows = await sql.rows('SELECT revision, fence FROM ledger_head WHERE id = 1 FOR UPDATE');
  return lockedSchema.parse(rows[0]);
}

async function writeChange(sql: Statements, change: LedgerChange): Promise<void> {
  const { days, revision } = change;
  for (let at = 0; at < days.length; at += daysPerStatement) {
    const part = days.slice(at, at + daysPerStatement);
    await sql.change(
      `INSERT INTO ledger_day (objective, day, body, revision)
       VALUES ${part.map(() => '(?, ?, ?, ?)').join(', ')}
       ON DUPLICATE KEY UPDATE body = VALUES(body), revision = VALUES(revision)`,
      part.flatMap(({ objective, day, row }) => [objective, day, Buffer.from(row.bytes), revision]),
    );
  }
  await sql.change(
    `UPDATE ledger_head SET revision = ?, provisional = ?, checkpoint = COALESCE(?, checkpoint)
     WHERE id = 1`,
    [revision, JSON.stringify(change.provisional), change.checkpoint ?? null],
  );
}

/** Brings the copy up to the head, in one snapshot; resolves to the fence. */
async function pull(db: Database, copy: LedgerFile): Promise<number> {
  const seen = await db.rows('SELECT origin, revision, fence FROM ledger_head WHERE id = 1');
  const { origin, revision, fence } = seenSchema.parse(seen[0]);
  // A ledger restored from a backup has fewer revisions than the copy knows.
  if (origin !== copy.origin() || revision < copy.revision()) copy.become(origin);
  if (revision !== copy.revision()) copy.write(await readChange(db, copy.revision()));
  return fence;
}

function readChange(db: Database, since: number): Promise<LedgerChange> {
  return db.transaction(async (sql) => {
    const heads = await sql.rows(
      'SELECT revision, provisional, checkpoint FROM ledger_head WHERE id = 1',
    );
    const { revision, provisional, checkpoint } = headSchema.parse(heads[0]);
    const days = await sql.rows('SELECT objective, day, body FROM ledger_day WHERE revision > ?', [
      since,
    ]);
    return {
      revision,
      provisional: provisionalSchema.parse(JSON.parse(provisional)),
      days: days.map(changedDay),
      ...(checkpoint === null ? {} : { checkpoint }),
    };
  });
}

function changedDay(stored: unknown): ChangedDay {
  const { objective, day, body } = daySchema.parse(stored);
  return { objective: objective.toString('utf8'), day, row: dayRow(body) };
}

function fenced(reason: string): SproutError {
  return new SproutError('LEDGER_FENCED', `this replica may not write: ${reason}`, {
    hint: 'nothing to do: the replica that holds the lease writes',
  });
}

/** BIGINT arrives as text. */
const bigint = z.coerce.number().int();
const lockedSchema = z.object({ revision: bigint, fence: bigint });
const seenSchema = lockedSchema.extend({ origin: z.string() });
const headSchema = z.object({
  revision: bigint,
  provisional: z.string(),
  checkpoint: z.string().nullable(),
});
const daySchema = z.object({
  objective: z.instanceof(Buffer),
  day: z.number(),
  body: z.instanceof(Uint8Array),
});
