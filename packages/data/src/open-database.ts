import type { Endpoint } from '@sprout/process';
import { createPool } from 'mysql2/promise';
import { createDatabase } from './database.ts';
import type { Database } from './database.ts';
import type { DataPlace } from './tls.ts';
import { dial } from './dial.ts';
import type { PoolGauges } from './pool-gauges.ts';
import { openSockets } from './open-sockets.ts';
import { connectionOptions } from './pools.ts';
import type { Credentials } from './pools.ts';

/** A database of a process that shows no gauges of its pool. */
export interface OpenDatabaseOptions {
  readonly database: string;
  readonly endpoint: Endpoint;
  readonly credentials: Credentials;
  readonly connectionsMax: number;
  readonly queryTimeoutMs: number;
  /**
   * The server ends a connection that says nothing for so long, and takes back its transaction:
   * a client that was stopped in the middle of one holds nobody up for longer.
   */
  readonly idleSecondsMax: number;
}

const waitingMax = 100;

/** Opens a pool; nothing is connected before the first query. */
export function openDatabase(config: DataPlace, options: OpenDatabaseOptions): Database {
  const { database, endpoint, credentials, connectionsMax, queryTimeoutMs } = options;
  const idleMs = options.idleSecondsMax * 1000;
  const sockets = openSockets(() => dial(config, endpoint));
  const pool = createPool({
    ...connectionOptions(config, credentials, endpoint),
    database,
    connectionLimit: connectionsMax,
    queueLimit: waitingMax,
    // Given up well before the server does, so that none is lent that is just being ended.
    maxIdle: 0,
    idleTimeout: idleMs / 4,
    stream: sockets.dial,
  });
  pool.pool.on('connection', (connection) => {
    connection.query(
      `SET SESSION wait_timeout = ${options.idleSecondsMax}, net_read_timeout = ${options.idleSecondsMax},
       innodb_lock_wait_timeout = ${2 * options.idleSecondsMax}`,
    );
  });
  return createDatabase(pool, sockets, countingWaits(), { waitingMax, queryTimeoutMs });
}

function countingWaits(): PoolGauges {
  let waiting = 0;
  return {
    waiting: () => waiting,
    whileWaiting: async (connection) => {
      waiting += 1;
      try {
        return await connection;
      } finally {
        waiting -= 1;
      }
    },
    used: () => {},
    opened: () => {},
  };
}
