import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { isConnectionLost, ofStatement } from './database-error.ts';
import type { OpenSockets } from './open-sockets.ts';
import type { PoolGauges } from './pool-gauges.ts';

/** Values of placeholders; a `bigint` keeps all digits of an id. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null;

/** Runs single statements; `?` are placeholders. */
export interface Statements {
  /** Rows of a SELECT, as mysql2 returns them: BIGINT as string, DATETIME as Date (UTC). */
  rows(sql: string, values?: readonly SqlValue[]): Promise<RowDataPacket[]>;
  /** Runs a statement that changes something; resolves to the number of rows it matched. */
  change(sql: string, values?: readonly SqlValue[]): Promise<number>;
}

/** A pool of connections to one database. */
export interface Database extends Statements {
  /** Commits when `run` resolves, rolls back and rethrows when it rejects. */
  transaction<T>(run: (statements: Statements) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseLimits {
  /** Callers that may wait for a connection; the next is refused with `POOL_EXHAUSTED`. */
  readonly waitingMax: number;
  /** After this the connection of a query is given up and another opened. */
  readonly queryTimeoutMs: number;
  /** Whoever is refused a connection tries again for so long; default 0. Nothing has begun yet. */
  readonly connectWithinMs?: number;
}

const connectAgainAfterMs = 100;

/** Wraps a mysql2 pool over these sockets: bounded waiting, queries and closing, gauges. */
export function createDatabase(
  pool: Pool,
  sockets: OpenSockets,
  gauges: PoolGauges,
  limits: DatabaseLimits,
  wrote: (header: ResultSetHeader) => void = () => undefined,
): Database {
  const connect = async (begin: Begin): Promise<PoolConnection> => {
    const untilMs = performance.now() + (limits.connectWithinMs ?? 0);
    for (;;) {
      try {
        return await begun(await pool.getConnection(), begin);
      } catch (error) {
        if (!isConnectionLost(error) || performance.now() >= untilMs) throw error;
        await sleep(connectAgainAfterMs);
      }
    }
  };
  const borrow = async <T>(
    use: (connection: PoolConnection) => Promise<T>,
    begin: Begin = async () => undefined,
  ): Promise<T> => {
    if (gauges.waiting() >= limits.waitingMax) throw poolExhausted(limits.waitingMax);
    const connection = await gauges.whileWaiting(connect(begin));
    gauges.used(+1);
    try {
      const result = await use(connection);
      connection.release();
      return result;
    } catch (error) {
      giveBack(connection, error);
      throw error;
    } finally {
      gauges.used(-1);
    }
  };
  const on = (connection: PoolConnection) => statements(connection, limits.queryTimeoutMs, wrote);
  return {
    rows: (sql, values) => borrow((connection) => on(connection).rows(sql, values)),
    change: (sql, values) => borrow((connection) => on(connection).change(sql, values)),
    transaction: (run) =>
      borrow(
        (connection) => inTransaction(on(connection), run),
        async (connection) => void (await on(connection).change('START TRANSACTION')),
      ),
    close: async () => {
      await Promise.race([goodbye(pool), sleep(goodbyeMsMax, undefined, { ref: false })]);
      sockets.destroy();
    },
  };
}

/** A pool that ends waits for its queries, and for ever when one of them runs out of time. */
const goodbyeMsMax = 2_000;

async function goodbye(pool: Pool): Promise<void> {
  try {
    await pool.end();
  } catch {
    // A connection that can no longer say goodbye: its socket is destroyed.
  }
}

function statements(
  connection: PoolConnection,
  timeout: number,
  wrote: (header: ResultSetHeader) => void,
): Statements {
  const ask = async <T extends RowDataPacket[] | ResultSetHeader>(
    sql: string,
    values: readonly SqlValue[] = [],
  ): Promise<T> => {
    try {
      const [answer] = await connection.query<T>({ sql, values: [...values], timeout });
      return answer;
    } catch (error) {
      throw ofStatement(error);
    }
  };
  return {
    rows: (sql, values) => ask<RowDataPacket[]>(sql, values),
    change: async (sql, values) => {
      const result = await ask<ResultSetHeader>(sql, values);
      wrote(result);
      return result.affectedRows;
    },
  };
}

/** What is done with a connection before the work on it, and may be done again on another. */
type Begin = (connection: PoolConnection) => Promise<void>;

async function begun(connection: PoolConnection, begin: Begin): Promise<PoolConnection> {
  try {
    await begin(connection);
    return connection;
  } catch (error) {
    giveBack(connection, error);
    throw error;
  }
}

async function inTransaction<T>(
  statements: Statements,
  run: (statements: Statements) => Promise<T>,
): Promise<T> {
  try {
    const result = await run(statements);
    await statements.change('COMMIT');
    return result;
  } catch (error) {
    if (!leavesConnectionBusy(error)) await statements.change('ROLLBACK');
    throw error;
  }
}

/** A connection whose query ran out of time still awaits the answer and cannot be lent again. */
function giveBack(connection: PoolConnection, error: unknown): void {
  if (leavesConnectionBusy(error)) connection.destroy();
  else connection.release();
}

function leavesConnectionBusy(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, fatal } = error as { code?: unknown; fatal?: unknown };
  return code === 'PROTOCOL_SEQUENCE_TIMEOUT' || fatal === true;
}

function poolExhausted(waitingMax: number): Error {
  const error = new Error(`${waitingMax} callers already wait for a connection`);
  return Object.assign(error, { code: 'POOL_EXHAUSTED' });
}
