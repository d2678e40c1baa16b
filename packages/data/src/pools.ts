import { isIP } from 'node:net';
import { secret } from '@sprout/process';
import type { Endpoint, SproutConfig } from '@sprout/process';
import { createPool } from 'mysql2/promise';
import { createDatabase } from './database.ts';
import { isUnavailable } from './database-error.ts';
import { createLastWrite, trackLastWrite } from './last-write.ts';
import type { LastWrite } from './last-write.ts';
import type { Database } from './database.ts';
import { dial } from './dial.ts';
import { tlsOf } from './tls.ts';
import type { DataPlace } from './tls.ts';
import { openSockets } from './open-sockets.ts';
import { createPoolGauges } from './pool-gauges.ts';
import type { Telemetry } from './telemetry.ts';

/** Commands go to the primary, queries that may lag behind to the replica. */
export interface Pools {
  readonly primary: Database;
  readonly replica: Database;
  close(): Promise<void>;
}

export interface PoolsOptions {
  /** For example `market_order`; migrations create it. */
  readonly database: string;
  readonly primary: Endpoint;
  readonly replica: Endpoint;
  readonly telemetry: Telemetry;
  /** Default 10 000. */
  readonly queryTimeoutMs?: number;
}

const connectionsMax = 10;
/** With ten connections this is a wait of a few seconds; who comes later had better be told. */
const waitingMax = 1_000;
const connectTimeoutMs = 5_000;

/**
 * Of two that replace each other, for so long it is waited for the next primary: longer than its
 * choice takes, and shorter than the gateway waits for an answer.
 */
const failOverWithinMs = 4_500;

/** Makes both pools of a service. Nothing is connected before the first query. */
export function createPools(
  config: DataPlace,
  { database, primary, replica, telemetry, queryTimeoutMs = 10_000 }: PoolsOptions,
): Pools {
  const isReplicated = JSON.stringify(primary) !== JSON.stringify(replica);
  const lastWrite = createLastWrite();
  const open = (name: 'primary' | 'replica', endpoint: Endpoint): Database => {
    const gauges = createPoolGauges(telemetry, name);
    const sockets = openSockets(() => {
      gauges.opened(+1);
      return dial(config, endpoint).once('close', () => gauges.opened(-1));
    });
    const pool = createPool({
      ...connectionOptions(config, ownCredentials(config), endpoint),
      database,
      connectionLimit: connectionsMax,
      queueLimit: waitingMax,
      stream: sockets.dial,
    });
    // No gap locks: the relay that reads the end of the outbox must not hold up who adds to it.
    // A connection runs its commands in order, so this one comes before its borrower's.
    pool.pool.on('connection', (connection) => {
      connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
      if (isReplicated && name === 'primary') connection.query(trackLastWrite);
    });
    const connectWithinMs = isReplicated && name === 'primary' ? failOverWithinMs : 0;
    const limits = { waitingMax, queryTimeoutMs, connectWithinMs };
    return createDatabase(pool, sockets, gauges, limits, lastWrite.note);
  };
  const pools = { primary: open('primary', primary), replica: open('replica', replica) };
  return {
    primary: pools.primary,
    replica: isReplicated ? afterOwnWrites(pools, lastWrite) : pools.replica,
    close: async () => {
      await Promise.all([pools.primary.close(), pools.replica.close()]);
    },
  };
}

/** A replica that is behind for longer is passed over, and not asked again for a while. */
const replicaWaitSeconds = 0.2;
const passOverMs = 2_000;

/** The replica, asked only when it has what this process wrote; else the primary is asked. */
function afterOwnWrites(
  { primary, replica }: { readonly primary: Database; readonly replica: Database },
  lastWrite: LastWrite,
): Database {
  const isBehind = async (): Promise<boolean> => {
    const gtid = lastWrite.awaited();
    if (gtid === undefined) return false;
    const [row] = await replica.rows('SELECT MASTER_GTID_WAIT(?, ?) AS waited', [
      gtid,
      replicaWaitSeconds,
    ]);
    if (Number(row?.['waited']) !== 0) return true;
    lastWrite.arrived(gtid);
    return false;
  };
  let passedOverUntilMs = 0;
  return {
    ...replica,
    rows: async (sql, values) => {
      if (performance.now() < passedOverUntilMs) return primary.rows(sql, values);
      try {
        if (!(await isBehind())) return await replica.rows(sql, values);
      } catch (error) {
        // What the replica cannot answer now, the primary can.
        if (!isUnavailable(error)) throw error;
      }
      passedOverUntilMs = performance.now() + passOverMs;
      return primary.rows(sql, values);
    },
  };
}

/** Who a connection logs in as. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The user of this installation's own MariaDB. */
export function ownCredentials(config: Pick<SproutConfig, 'dataDir'>): Credentials {
  return { user: 'market', password: secret(config, 'mysql') };
}

/** How every connection talks: UTC, BIGINT without loss. */
export function connectionOptions(place: DataPlace, credentials: Credentials, endpoint: Endpoint) {
  return {
    ...credentials,
    ...securedBy(place, endpoint),
    timezone: 'Z',
    charset: 'utf8mb4',
    supportBigNumbers: true,
    bigNumberStrings: true,
    connectTimeout: connectTimeoutMs,
    // A stack kept for every statement is nearly a third of what it costs; one that fails tells its own.
    trace: false,
  };
}

/** MySQL begins to speak plainly and changes to TLS, so the driver does it. */
export function securedBy(place: DataPlace, endpoint: Endpoint) {
  const tls = tlsOf(place, endpoint);
  if (tls === undefined) return {};
  const { ca, host } = tls;
  // The driver cannot compare a certificate with an address; the authority alone vouches then.
  const verifyIdentity = isIP(host) === 0;
  return { host, ssl: { ...(ca !== undefined && { ca }), verifyIdentity, minVersion: 'TLSv1.2' } };
}
