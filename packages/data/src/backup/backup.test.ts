import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { listener, startStack } from '@sprout/process';
import type { Stack } from '@sprout/process';
import { createPools } from '../pools.ts';
import type { Pools } from '../pools.ts';
import { createAdminRedis } from '../redis.ts';
import { dataServers } from '../servers/index.ts';
import { quietTelemetry, startPrivately } from '../testing/private-processes.ts';
import type { PrivateProcesses } from '../testing/private-processes.ts';
import { eventually } from '@sprout/process/testing';
import { backUp } from './backup.ts';
import { readManifest } from './manifest.ts';
import { restore } from './restore.ts';

/** A backup made while everything runs puts back what stood in it, and can be undone. */
const telemetry = quietTelemetry();
const mysql = listener('mariadb', 'mysql');
let servers: PrivateProcesses;
let stack: Stack;
let pools: Pools;
let ledger: string;

before(async () => {
  servers = await startPrivately(dataServers);
  stack = servers.stack;
  ledger = join(servers.config.dataDir, 'slo-service', 'ledger.sqlite');
  mkdirSync(join(servers.config.dataDir, 'slo-service'));
  connect();
  await pools.primary.change('CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(40))');
  await pools.primary.change("INSERT INTO orders VALUES (1, '첫 주문'), (2, 'second')");
  writeLedger('CREATE TABLE minutes (n INTEGER)', 'INSERT INTO minutes VALUES (1)');
});
after(async () => {
  await pools?.close();
  await stack?.stop();
  await servers?.stop();
});

function connect(): void {
  const place = { database: 'market_order', primary: mysql, replica: mysql, telemetry };
  pools = createPools(servers.config, place);
}

function writeLedger(...statements: readonly string[]): void {
  const db = new DatabaseSync(ledger);
  db.exec('PRAGMA journal_mode = WAL');
  for (const statement of statements) db.exec(statement);
  db.close();
}

function ledgerRows(): number {
  const db = new DatabaseSync(ledger, { readOnly: true });
  const row = db.prepare('SELECT COUNT(*) AS n FROM minutes').get();
  db.close();
  return Number(row?.['n']);
}

const orders = async () =>
  (await pools.primary.rows('SELECT id, note FROM orders ORDER BY id')).map(
    ({ id, note }) => `${id} ${note}`,
  );

/** Stops everything, restores, starts again. */
async function restoreFrom(directory: string) {
  await pools.close();
  await stack.stop();
  const options = { telemetry, say: () => undefined, now: new Date() };
  const restored = await restore(servers.config, directory, options);
  stack = await startStack(dataServers(servers.config), servers.config);
  connect();
  return restored;
}

test('what was backed up comes back, later changes are gone, and undo brings them back', async () => {
  const directory = join(servers.config.dataDir, 'backups', 'one');
  const { manifest } = await backUp(servers.config, directory, new Date());
  assert.deepEqual(
    manifest.files.map(({ name }) => name),
    ['market.sql', 'ledger.sqlite'],
  );
  await pools.primary.change('DELETE FROM orders WHERE id = 1');
  await pools.primary.change("INSERT INTO orders VALUES (3, 'third')");
  writeLedger('INSERT INTO minutes VALUES (2), (3)');

  const { before } = await restoreFrom(directory);
  assert.deepEqual(await orders(), ['1 첫 주문', '2 second']);
  assert.equal(ledgerRows(), 1);

  await restoreFrom(before.directory);
  assert.deepEqual(await orders(), ['2 second', '3 third']);
  assert.equal(ledgerRows(), 3);
});

test('messages and pages of what is no more are gone too', async () => {
  const directory = join(servers.config.dataDir, 'backups', 'two');
  await backUp(servers.config, directory, new Date());
  const patience = { commandTimeoutMs: 2_000 };
  const open = () =>
    createAdminRedis(servers.config, listener('redis', 'redis'), { telemetry, patience });
  const redis = open();
  await eventually('redis', () => redis.status === 'ready');
  await redis.xadd('orders', '*', 'id', '1');
  redis.disconnect();
  await restoreFrom(directory);
  const again = open();
  await eventually('redis', () => again.status === 'ready');
  assert.equal(await again.xlen('orders'), 0);
  again.disconnect();
});

test('nothing is restored while the stack runs', async () => {
  const directory = join(servers.config.dataDir, 'backups', 'one');
  const options = { telemetry, say: () => undefined, now: new Date() };
  await assert.rejects(restore(servers.config, directory, options), { code: 'RESTORE_RUNNING' });
});

test('a damaged backup is refused before anything is touched, an unfinished one is none', async () => {
  const directory = join(servers.config.dataDir, 'backups', 'three');
  await backUp(servers.config, directory, new Date());
  appendFileSync(join(directory, 'market.sql'), 'DROP DATABASE market_order;\n');
  await assert.rejects(readManifest(directory), { code: 'BACKUP_INVALID', message: /market\.sql/ });
  const names = readdirSync(join(servers.config.dataDir, 'backups'));
  assert.ok(names.every((name) => !name.endsWith('.partial')));
});
