import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, listener, secret } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { mariadbNames } from '../servers/mariadb-names.ts';
import { certificateFiles } from '../own-certificates.ts';
import { securedBy } from '../pools.ts';
import type { MariadbName } from '../servers/mariadb-names.ts';

/** How a server takes in what another sends. */
export interface ReplicaStatus {
  readonly primaryPort: number;
  readonly receiving: boolean;
  /** It receives nothing and does not try to, as after a start. */
  readonly stopped: boolean;
  readonly applying: boolean;
  /** Everything that was received is applied. */
  readonly drained: boolean;
  /** Number of the newest transaction that was received. */
  readonly received: number;
  /** Why it stands still; empty when it does not. */
  readonly error: string;
}

/** One MariaDB as its keeper sees it. Every call rejects when the server does not answer in time. */
export interface MysqlServer {
  readonly name: MariadbName;
  /** `host:port`; undefined until it has published one. */
  address(): string | undefined;
  /** Undefined when it replicates from nobody. */
  replicaStatus(): Promise<ReplicaStatus | undefined>;
  isReadOnly(): Promise<boolean>;
  /** Number of the newest transaction it wrote. */
  written(): Promise<number>;
  /** Stops replicating and takes writes. */
  promote(): Promise<void>;
  /** Replicates from there; it must be read-only already, as every server is when it starts. */
  follow(primary: string): Promise<void>;
  /** Receives nothing more, and goes on applying what it has. */
  applyTheRest(): Promise<void>;
  /** Runs `work` while nobody else changes how this server replicates. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Applies each transaction so many seconds after it was committed; 0 at once. Resolves to false
   * when it replicates from nobody.
   */
  delayApplying(seconds: number): Promise<boolean>;
  /** Whether commits wait for the other server. */
  waitForReplica(wait: boolean): Promise<void>;
  isWaitingForReplica(): Promise<boolean>;
  /** True when none of the market's databases has a table. */
  isEmpty(): Promise<boolean>;
  /** Shows the certificate as its files are now to whoever connects from now on. */
  readCertificate(): Promise<void>;
  close(): void;
}

/** A server that does not answer for so long is away. */
const answerMsMax = 1_500;

/** Held while replication is changed; who loses its connection loses it too. */
const replicationLock = 'sprout replication';
const lockWaitSeconds = 1;
const connectedEveryMs = 20;

/** Both servers of a cluster. */
export function mysqlServers(config: SproutConfig): readonly [MysqlServer, MysqlServer] {
  const [first, second] = mariadbNames;
  return [mysqlServer(config, first), mysqlServer(config, second)];
}

/** One of them. */
export function mysqlServer(config: SproutConfig, name: MariadbName): MysqlServer {
  const address = () => addressOf(config, listener(name, 'mysql'));
  const link = keptConnection(() => connect(config, name, address()));
  const rows = async (sql: string, values: unknown[] = []): Promise<RowDataPacket[]> => {
    const connection = await link.get();
    try {
      const query = { sql, values, timeout: answerMsMax };
      const [found] = await connection.query<RowDataPacket[]>(query);
      return Array.isArray(found) ? found : [];
    } catch (error) {
      link.drop();
      throw error;
    }
  };
  const variable = async (variableName: string) =>
    String((await rows(`SELECT @@GLOBAL.${variableName} AS value`))[0]?.['value']);
  const replicaStatus = async () => statusOf((await rows('SHOW SLAVE STATUS'))[0]);
  /** Waits until it is connected, or for so long as others wait for the lock. */
  const receives = async () => {
    const untilMs = performance.now() + lockWaitSeconds * 1_000;
    while ((await replicaStatus())?.receiving === false && performance.now() < untilMs) {
      await sleep(connectedEveryMs);
    }
  };
  const stopReplicating = async () => {
    await rows('STOP SLAVE');
    await rows('RESET SLAVE ALL');
  };
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const [lock] = await rows('SELECT GET_LOCK(?, ?) AS got', [replicationLock, lockWaitSeconds]);
    if (lock?.['got'] !== 1) throw new Error(`somebody else changes how ${name} replicates`);
    try {
      return await work();
    } finally {
      // A lost connection has given the lock back itself.
      await rows('DO RELEASE_LOCK(?)', [replicationLock]).catch(link.drop);
    }
  };
  return {
    name,
    address,
    alone,
    replicaStatus,
    isReadOnly: async () => (await variable('read_only')) === '1',
    written: async () => sequenceOf(await variable('gtid_binlog_pos')),
    promote: async () => {
      await stopReplicating();
      await rows('SET GLOBAL read_only = OFF');
    },
    follow: async (primary) => {
      await stopReplicating();
      // What it wrote as a primary itself counts as received.
      await rows('SET GLOBAL gtid_slave_pos = @@GLOBAL.gtid_current_pos');
      const [host, port] = primary.split(':');
      const { ca } = certificateFiles(config);
      const secured = config.market.tls
        ? ', MASTER_SSL = 1, MASTER_SSL_CA = ?'
        : ', MASTER_SSL = 0';
      await rows(
        'CHANGE MASTER TO MASTER_HOST = ?, MASTER_PORT = ?, MASTER_USER = ?, MASTER_PASSWORD = ?,' +
          ' MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1, MASTER_HEARTBEAT_PERIOD = 1' +
          secured,
        [host, Number(port), 'replication', secret(config, 'mysql-replication'), ca],
      );
      await rows('START SLAVE');
    },
    delayApplying: (seconds) =>
      alone(async () => {
        const [status] = await rows('SHOW SLAVE STATUS');
        if (status === undefined) return false;
        if (Number(status['SQL_Delay']) === seconds) return true;
        await rows('STOP SLAVE');
        await rows('CHANGE MASTER TO MASTER_DELAY = ?', [seconds]);
        await rows('START SLAVE');
        await receives();
        return true;
      }),
    applyTheRest: async () => void (await rows('STOP SLAVE IO_THREAD')),
    waitForReplica: async (wait) =>
      void (await rows(`SET GLOBAL rpl_semi_sync_master_enabled = ${wait ? 'ON' : 'OFF'}`)),
    isWaitingForReplica: async () => (await variable('rpl_semi_sync_master_enabled')) === '1',
    isEmpty: async () => {
      const found = await rows(
        "SELECT COUNT(*) AS tables FROM information_schema.tables WHERE table_schema LIKE 'market\\\\_%'",
      );
      return Number(found[0]?.['tables']) === 0;
    },
    // Local: as an event it would be a write of its own on each server.
    readCertificate: async () => void (await rows('FLUSH LOCAL SSL')),
    close: link.drop,
  };
}

function connect(
  config: SproutConfig,
  name: MariadbName,
  address: string | undefined,
): Promise<Connection> {
  if (address === undefined) return Promise.reject(new Error('it has not published an address'));
  const [host, port] = address.split(':');
  return createConnection({
    host: host ?? '',
    port: Number(port),
    user: 'keeper',
    password: secret(config, 'mysql-keeper'),
    connectTimeout: answerMsMax,
    ...securedBy(config, listener(name, 'mysql')),
  });
}

/** One connection, made when needed and again after it was dropped. */
function keptConnection(open: () => Promise<Connection>) {
  let current: Promise<Connection> | undefined;
  const drop = () => {
    current?.then(
      (connection) => connection.destroy(),
      // It was never open.
      () => undefined,
    );
    current = undefined;
  };
  return {
    drop,
    get: async () => {
      current ??= open().then((connection) => connection.on('error', drop));
      try {
        return await current;
      } catch (error) {
        drop();
        throw error;
      }
    },
  };
}

function statusOf(row: RowDataPacket | undefined): ReplicaStatus | undefined {
  if (row === undefined) return undefined;
  return {
    primaryPort: Number(row['Master_Port']),
    receiving: row['Slave_IO_Running'] === 'Yes',
    stopped: row['Slave_IO_Running'] === 'No',
    applying: row['Slave_SQL_Running'] === 'Yes',
    drained:
      row['Read_Master_Log_Pos'] === row['Exec_Master_Log_Pos'] &&
      row['Master_Log_File'] === row['Relay_Master_Log_File'],
    received: sequenceOf(String(row['Gtid_IO_Pos'])),
    error: String(row['Last_IO_Error'] || row['Last_SQL_Error'] || ''),
  };
}

/** The last number of a position such as `0-1-42`; 0 without any. There is one domain alone. */
function sequenceOf(position: string): number {
  return Number(position.split('-')[2] ?? 0);
}
