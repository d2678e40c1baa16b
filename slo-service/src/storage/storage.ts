import { join } from 'node:path';
import { createRedis } from '@sprout/data';
import { readSecret } from '@sprout/process';
import type { Lifecycle, Logger, SproutConfig } from '@sprout/process';
import type { Ledger } from '../ledger/ledger.ts';
import { openMysqlLedger } from '../ledger/mysql-ledger.ts';
import type { SharedLedger } from '../ledger/mysql-ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { mysqlRecords } from '../records/mysql-records.ts';
import type { Records } from '../records/record-store.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { holdLease } from '../replicas/lease.ts';
import type { Lease } from '../replicas/lease.ts';
import { openMysql } from './mysql-storage.ts';
import type { MysqlStorage } from './mysql-storage.ts';

/** Where this service keeps what it knows; replicas share it, and one of them writes the ledger. */
export interface Storage {
  readonly ledger: Ledger;
  readonly records: Records;
  /** Absent when there is no other replica. */
  readonly shared?: { readonly ledger: SharedLedger; readonly lease: Lease };
}

/** Opens the storage that the configuration names; the lifecycle's end closes it. */
export function openStorage(
  config: SproutConfig,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<Storage> {
  const { storage } = config.sloService;
  return storage.kind === 'sqlite'
    ? openFiles(config, lifecycle)
    : openShared(config, storage, logger, lifecycle);
}

async function openFiles({ dataDir }: SproutConfig, lifecycle: Lifecycle): Promise<Storage> {
  const ledger = openSqliteLedger(join(dataDir, 'slo-service', 'ledger.sqlite'));
  lifecycle.onStop('ledger', ledger.close);
  const records = openSqliteRecords(join(dataDir, 'slo-service', 'records.sqlite'));
  lifecycle.onStop('records', records.close);
  return { ledger, records };
}

async function openShared(
  config: SproutConfig,
  storage: MysqlStorage,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<Storage> {
  const db = await openMysql(config, storage);
  lifecycle.onStop('mysql', db.close);
  const copyPath = join(config.dataDir, 'slo-service', 'ledger-copy.sqlite');
  const ledger = await openMysqlLedger(db, copyPath);
  lifecycle.onStop('ledger', ledger.close);
  const { lease: endpoint, leasePassword } = storage;
  const redis = createRedis(config, endpoint, {
    telemetry: { logger },
    patience: { commandTimeoutMs: redisTimeoutMs },
    password: leasePassword === undefined ? undefined : readSecret(leasePassword),
  });
  const key = `sprout:${storage.database}:ledger-writer`;
  const lease = await holdLease({ redis, key, logger, fence: ledger.fence });
  lifecycle.onStop('lease', lease.stop);
  return { ledger, records: mysqlRecords(db), shared: { ledger, lease } };
}

const redisTimeoutMs = 1_000;
