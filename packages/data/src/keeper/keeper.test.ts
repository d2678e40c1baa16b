import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, listener, startStack } from '@sprout/process';
import type { Stack } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { backUp } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import { createPools } from '../pools.ts';
import type { Pools } from '../pools.ts';
import { createAdminRedis, createRedis } from '../redis.ts';
import type { RedisClient } from '../redis.ts';
import { dataServers, redisNodeNames } from '../servers/index.ts';
import type { MariadbName } from '../servers/mariadb-names.ts';
import { quietTelemetry, startPrivately } from '../testing/private-processes.ts';
import type { PrivateProcesses } from '../testing/private-processes.ts';
import { failOverAfterMs } from './mysql-roles.ts';
import { mysqlServer } from './mysql-server.ts';

/** Two databases and six nodes that replace each other while they are written to. */
const telemetry = quietTelemetry();
let servers: PrivateProcesses;
let pools: Pools;
let redis: RedisClient;

/** What runs after the restore. */
let restored: Stack | undefined;

before(async () => {
  servers = await startPrivately(dataServers, { data: 'cluster' });
  await connect();
  await pools.primary.change('CREATE TABLE numbers (n INT PRIMARY KEY)');
});
after(async () => {
  redis?.disconnect();
  await pools?.close();
  await restored?.stop();
  await servers?.stop();
});

async function connect(): Promise<void> {
  const primary = listener('mysql-primary', 'mysql');
  const replica = listener('mysql-replica', 'mysql');
  pools = createPools(servers.config, { database: 'market_order', primary, replica, telemetry });
  await roles();
  const patience = { commandTimeoutMs: 1_000 };
  redis = createRedis(servers.config, servers.config.market.redis, { telemetry, patience });
  await eventually('redis', async () => (await redis.set('hello', '1')) === 'OK');
}

const at = (name: string) => addressOf(servers.config, listener(name, 'mysql'));
const serverAt = (address: string | undefined): MariadbName =>
  address === at('mariadb') ? 'mariadb' : 'mariadb-2';

/** Which server is which, once one follows the other: until then the primary answers for both. */
function roles(): Promise<{ primary: MariadbName; replica: MariadbName }> {
  return eventually('a replica', () => {
    const [primary, replica] = [serverAt(at('mysql-primary')), serverAt(at('mysql-replica'))];
    return primary !== replica && { primary, replica };
  });
}

/** Stops a server in its tracks; a test that fails leaves none behind that hangs. */
async function pause(t: TestContext, server: string): Promise<void> {
  t.after(() => servers.stack.kill(server, 'SIGCONT'));
  await servers.stack.kill(server, 'SIGSTOP');
}

async function counted(pool: 'primary' | 'replica'): Promise<number> {
  const [row] = await pools[pool].rows('SELECT COUNT(*) AS n FROM numbers');
  return Number(row?.['n']);
}

/** Writes numbers until told to stop; resolves to those that were acknowledged. */
const writeNumbers = (t: TestContext, from: number) =>
  writer(t, (n) => pools.primary.change('INSERT INTO numbers VALUES (?)', [n]), from);

/** Calls `write` with one number after another until told to stop, or the test ends. */
function writer(t: TestContext, write: (n: number) => Promise<unknown>, from = 0) {
  const acknowledged: number[] = [];
  const stopping = new AbortController();
  t.after(() => stopping.abort());
  const run = async () => {
    for (let n = from; !stopping.signal.aborted; n++) {
      // What fails may have happened or not; only what was acknowledged must be there.
      const wrote = await write(n).then(
        () => true,
        () => false,
      );
      if (wrote) acknowledged.push(n);
    }
    return acknowledged;
  };
  const running = run();
  return {
    acknowledged,
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

test('queries go to the replica, and who wrote reads what was written', async () => {
  assert.notEqual(at('mysql-replica'), at('mysql-primary'));
  for (let n = 0; n < 30; n++) {
    await pools.primary.change('INSERT INTO numbers VALUES (?)', [n]);
    assert.equal(await counted('replica'), n + 1);
  }
  await assert.rejects(pools.replica.change('DELETE FROM numbers'), {
    code: 'ER_OPTION_PREVENTS_STATEMENT',
  });
});

test('a paused primary is replaced, loses nothing it acknowledged, and follows when it is back', async (t) => {
  const former = at('mysql-primary');
  const writing = writeNumbers(t, 1_000);
  await eventually('writes', () => writing.acknowledged.length > 20);
  await pause(t, serverAt(former));
  await eventually('another primary', () => at('mysql-primary') !== former);
  const before = writing.acknowledged.length;
  await eventually('writes again', () => writing.acknowledged.length > before + 20);
  await servers.stack.kill(serverAt(former), 'SIGCONT');
  await eventually('it follows', () => at('mysql-replica') === former);
  await assertThere(await writing.stop());
});

test('a killed primary that comes back at once goes on, and nothing is lost', async (t) => {
  const { primary } = await roles();
  const writing = writeNumbers(t, 100_000);
  await eventually('writes', () => writing.acknowledged.length > 20);
  await servers.stack.kill(primary, 'SIGKILL');
  const before = writing.acknowledged.length;
  await eventually('writes again', () => writing.acknowledged.length > before + 20);
  await roles();
  await assertThere(await writing.stop());
});

test('without a replica commits go on after a moment, and it catches up', async (t) => {
  const { replica } = await roles();
  await pause(t, replica);
  const writing = writeNumbers(t, 200_000);
  await eventually('writes', () => writing.acknowledged.length > 20);
  await servers.stack.kill(replica, 'SIGCONT');
  await roles();
  await assertThere(await writing.stop());
});

test('a replica that lost what it had not applied takes no place of a primary that hangs', async (t) => {
  const { primary, replica } = await roles();
  await leaveUnapplied('INSERT INTO numbers VALUES (-2)');
  await pause(t, primary);
  await servers.stack.kill(replica, 'SIGKILL');
  await sleep(2 * failOverAfterMs);
  await servers.stack.kill(primary, 'SIGCONT');
  await roles();
  await assertThere([-2]);
});

/** Replication does not wait: of one writer, one acknowledged write may be under way. */
const underWayMax = 1;

test('a node of Redis that hangs under writes is replaced, is killed, and comes back as a replica', async (t) => {
  const writing = writeKeys(t);
  await eventually('writes', () => writing.acknowledged.length > 100);
  await pause(t, 'redis-1');
  // A key of each third of the slots is among so many.
  const before = writing.acknowledged.length;
  await eventually('writes again', () => writing.acknowledged.length > before + 100);
  await servers.stack.kill('redis-1', 'SIGKILL');
  const role = () => redisRole('redis-1');
  await eventually('it follows', async () => (await role()) === 'slave');
  const acknowledged = await writing.stop();
  const lost = [];
  for (const key of acknowledged.map(keyOf)) {
    const value = await eventually('a read', async () => ({ is: await redis.get(key) }));
    if (value.is !== key) lost.push(key);
  }
  assert.ok(lost.length <= underWayMax, `${lost.length} of ${acknowledged.length} are lost`);
});

/** Writes keys until told to stop; resolves to the numbers of those that were acknowledged. */
const writeKeys = (t: TestContext) => writer(t, (n) => redis.set(keyOf(n), keyOf(n)));
const keyOf = (n: number) => `key ${n}`;

test('a client that leaves while it asks who leads is gone: else this file would not end', async () => {
  const patience = { commandTimeoutMs: 1_000 };
  const leaving = createRedis(servers.config, servers.config.market.redis, { telemetry, patience });
  await eventually('it is there', async () => (await leaving.set('hello', '2')) === 'OK');
  const signal = (name: NodeJS.Signals) =>
    Promise.all(redisNodeNames.map((node) => servers.stack.kill(node, name)));
  // Long enough for a question to be open, too short for the nodes to take each other for dead.
  await signal('SIGSTOP');
  await sleep(1_100);
  leaving.disconnect();
  await signal('SIGCONT');
  assert.notEqual(leaving.status, 'ready');
});

async function redisRole(name: string): Promise<string | undefined> {
  const patience = { commandTimeoutMs: 1_000 };
  const node = createAdminRedis(servers.config, listener(name, 'redis'), { telemetry, patience });
  try {
    return await eventually('an answer', () => node.info('replication')).then(
      (text) => /role:(\w+)/.exec(String(text))?.[1],
    );
  } finally {
    node.disconnect();
  }
}

test('a backup of the cluster puts back what stood in it, on both servers', async () => {
  const directory = join(servers.config.dataDir, 'backups', 'one');
  const before = await counted('primary');
  assert.ok(before > 0);
  await backUp(servers.config, directory, new Date());
  await pools.primary.change('DELETE FROM numbers');
  await eventually('a change', () => redis.set('after the backup', '1'));
  await leaveUnapplied('INSERT INTO numbers VALUES (-1)');
  redis.disconnect();
  await pools.close();
  await servers.stack.stop();
  const options = { telemetry, say: () => undefined, now: new Date() };
  await restore(servers.config, directory, options);
  restored = await startStack(dataServers(servers.config), servers.config);
  await connect();
  assert.equal(await counted('primary'), before);
  await eventually('the replica too', async () => (await counted('replica')) === before);
  const kept = await eventually('an answer', async () => [await redis.get('after the backup')]);
  assert.deepEqual(kept, [null]);
});

/** Changes what the replica receives and has not applied when it is stopped, and so loses. */
async function leaveUnapplied(change: string): Promise<void> {
  const replica = mysqlServer(servers.config, (await roles()).replica);
  assert.ok(await replica.delayApplying(600));
  replica.close();
  await pools.primary.change(change);
}

async function assertThere(acknowledged: readonly number[]): Promise<void> {
  const rows = await pools.primary.rows('SELECT n FROM numbers');
  const there = new Set(rows.map(({ n }) => Number(n)));
  const lost = acknowledged.filter((n) => !there.has(n));
  assert.deepEqual(lost, [], `${lost.length} of ${acknowledged.length} are lost`);
  await eventually(
    'the replica has them too',
    async () => (await counted('replica')) === there.size,
  );
}
