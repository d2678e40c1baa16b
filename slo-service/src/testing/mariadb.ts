import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@sprout/data';
import { mariadbProcess } from '@sprout/data/servers';
import { startPrivately } from '@sprout/data/testing';
import { listener } from '@sprout/process';
import { openMysql } from '../storage/mysql-storage.ts';
import type { MysqlStorage } from '../storage/mysql-storage.ts';

/** A MariaDB of a test, with a new database for whoever asks. */
export interface TestMariadb {
  newDatabase(): Promise<TestDatabase>;
  stop(): Promise<void>;
}

/** A database, and a directory for what belongs to it. */
export interface TestDatabase {
  readonly db: Database;
  /** Another pool on the same database, as another replica has one. */
  another(): Promise<Database>;
  readonly directory: string;
  dispose(): Promise<void>;
}

/** Starts a MariaDB on a free port, with its data in a temporary directory. */
export async function startMariadb(): Promise<TestMariadb> {
  const servers = await startPrivately([mariadbProcess()]);
  let count = 0;
  return {
    newDatabase: async () => {
      const database = `sprout_test_${count++}`;
      const open = () => openMysql(servers.config, { ...testStorage, database });
      const pools = [await open()];
      const [db] = pools;
      if (db === undefined) throw new Error('there is no pool');
      const directory = mkdtempSync(join(tmpdir(), 'sprout-mysql-'));
      return {
        db,
        directory,
        another: async () => {
          const pool = await open();
          pools.push(pool);
          return pool;
        },
        dispose: async () => {
          await Promise.all(pools.map((pool) => pool.close()));
          rmSync(directory, { recursive: true });
        },
      };
    },
    stop: servers.stop,
  };
}

/** A database and a lease on this installation's own servers. */
export const testStorage: MysqlStorage = {
  kind: 'mysql',
  endpoint: listener('mariadb', 'mysql'),
  database: 'sprout_test',
  user: 'market',
  lease: listener('redis', 'redis'),
};
