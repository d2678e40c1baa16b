import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdminRedis, createPools, createRedis } from '@sprout/data';
import type { Pools, RedisClient } from '@sprout/data';
import { dataServers, redisNodeNames } from '@sprout/data/servers';
import { quietTelemetry, startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { addressOf, listener, readRunFile } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { loadProcesses } from '../load/src/processes.ts';

/** What the faults of a cluster do to real servers, and that nothing of it is left afterwards. */
const telemetry = quietTelemetry();
let servers: PrivateProcesses;
let writer: Pools;
/** Of another process, so that it does not wait for what the writer wrote. */
let reader: Pools;
let redis: RedisClient;

/** Given from outside: who undoes and does faults must be among those that are given them. */
const given = [
  'SPROUT_SECRET_MYSQL_KEEPER',
  'SPROUT_SECRET_MYSQL_REPLICATION',
  'SPROUT_SECRET_REDIS',
];

before(async () => {
  for (const name of given) process.env[name] = `${name.toLowerCase()}-from-the-environment`;
  const faults = loadProcesses().filter(({ name }) => name === 'faults');
  servers = await startPrivately((config) => [...dataServers(config), ...faults], {
    data: 'cluster',
  });
  const primary = listener('mysql-primary', 'mysql');
  const replica = listener('mysql-replica', 'mysql');
  const open = () =>
    createPools(servers.config, { database: 'market_order', primary, replica, telemetry });
  [writer, reader] = [open(), open()];
  await writer.primary.change('CREATE TABLE numbers (n INT PRIMARY KEY)');
  const patience = { commandTimeoutMs: 1_000 };
  redis = createRedis(servers.config, servers.config.market.redis, { telemetry, patience });
  await eventually('redis', async () => (await redis.set('hello', '1')) === 'OK');
  await eventually('a replica', isReplicated);
});
after(async () => {
  redis?.disconnect();
  await writer?.close();
  await reader?.close();
  await servers?.stop();
  await telemetry.shutdown();
});

const at = (name: string) => addressOf(servers.config, listener(name, 'mysql'));
const isReplicated = () => at('mysql-replica') !== at('mysql-primary');

async function fault(method: 'PUT' | 'DELETE', name: string): Promise<void> {
  const url = readRunFile(servers.config, 'faults')?.addresses['http'];
  const response = await fetch(`${url}/faults/${name}`, { method });
  assert.equal(response.status, 200, await response.text());
}

let written = 0;
const write = () => writer.primary.change('INSERT INTO numbers VALUES (?)', [(written += 1)]);
const isRead = async (pools: Pools) => {
  const [row] = await pools.replica.rows('SELECT MAX(n) AS n FROM numbers');
  return Number(row?.['n']) === written;
};

/** Ends the process that injects faults and waits for its successor. */
async function restartFaults(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const before = readRunFile(servers.config, 'faults')?.pid;
  servers.stack.kill('faults', signal);
  await eventually('the faults are back', () => {
    const found = readRunFile(servers.config, 'faults');
    return found !== undefined && found.pid !== before;
  });
}

test('a lagging replica is behind for others, while who wrote reads what was written', async () => {
  await fault('PUT', 'replica-lagging');
  await write();
  assert.ok(await isRead(writer));
  const beganMs = performance.now();
  for (let reads = 0; reads < 20; reads += 1) assert.ok(await isRead(writer));
  assert.ok(performance.now() - beganMs < 1_000, 'not every read waits for the replica');
  assert.equal(await isRead(reader), false);
  await fault('DELETE', 'replica-lagging');
  await eventually('it catches up', () => isRead(reader), 5_000);
});

test('a lag ends with the process that made it', async () => {
  await fault('PUT', 'replica-lagging');
  await restartFaults('SIGTERM');
  await write();
  await eventually('nothing lags', () => isRead(reader), 5_000);
});

test('who writes while the primary is lost waits for the next; the lost one follows at the end', async () => {
  const former = at('mysql-primary');
  await fault('PUT', 'primary-lost');
  // Its connections end a moment after it.
  await sleep(200);
  await write();
  assert.notEqual(at('mysql-primary'), former);
  assert.equal(at('mysql-replica'), at('mysql-primary'), 'nobody follows');
  await fault('DELETE', 'primary-lost');
  await eventually('it follows', () => at('mysql-replica') === former);
});

test('a primary whose killer was killed comes back all the same', async () => {
  const former = at('mysql-primary');
  await fault('PUT', 'primary-lost');
  await restartFaults('SIGKILL');
  await eventually('two servers, whoever leads', isReplicated);
  await eventually('writes go on', () => write());
  assert.ok(former === at('mysql-primary') || former === at('mysql-replica'));
});

/** The nodes that some other node says are well, as the cluster sees them. */
async function nodesThatAreWell(): Promise<number> {
  const [name = ''] = redisNodeNames.slice(-1);
  const patience = { commandTimeoutMs: 1_000 };
  const node = createAdminRedis(servers.config, listener(name, 'redis'), { telemetry, patience });
  try {
    return await eventually('an answer', async () => {
      const lines = String(await node.cluster('NODES'))
        .trim()
        .split('\n');
      return lines.filter((line) => !/fail|handshake|disconnected/.test(line)).length;
    });
  } finally {
    node.disconnect();
  }
}

test('a lost node of Redis is replaced for every key, and is back when the fault ends', async () => {
  await eventually('all are there', async () => (await nodesThatAreWell()) === 6);
  await fault('PUT', 'redis-node-lost');
  await eventually('one is missed', async () => (await nodesThatAreWell()) === 5);
  for (let key = 0; key < 30; key++) {
    await eventually('a write', async () => (await redis.set(`key ${key}`, 'yes')) === 'OK');
  }
  await fault('DELETE', 'redis-node-lost');
  await eventually('all are back', async () => (await nodesThatAreWell()) === 6);
});

test('every node evicts, and the poison lies on whichever node has its stream', async () => {
  const settingsOf = async (name: string) => {
    const patience = { commandTimeoutMs: 1_000 };
    const node = createAdminRedis(servers.config, listener(name, 'redis'), { telemetry, patience });
    try {
      return await eventually('an answer', () => node.config('GET', 'maxmemory*'));
    } finally {
      node.disconnect();
    }
  };
  const settings = () => Promise.all(redisNodeNames.map(settingsOf));
  const before = await settings();
  await fault('PUT', 'redis-evicting');
  const keys = Array.from({ length: 30 }, (_, index) => `page ${index}`);
  for (const key of keys) await redis.set(key, 'x', 'EX', 10);
  const left = async () => (await Promise.all(keys.map((key) => redis.exists(key)))).includes(1);
  await eventually('no master keeps a page', async () => !(await left()), 5_000);
  await fault('DELETE', 'redis-evicting');
  assert.deepEqual(await settings(), before);
  await fault('PUT', 'queue-poison');
  assert.equal(await redis.xlen('orders'), 1);
  await fault('DELETE', 'queue-poison');
  assert.equal(await redis.xlen('orders'), 0);
});
