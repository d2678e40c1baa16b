import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addressOf, listener } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { createPools } from '../pools.ts';
import type { Pools } from '../pools.ts';
import { createRedis } from '../redis.ts';
import type { RedisClient } from '../redis.ts';
import { dataServers } from '../servers/index.ts';
import { quietTelemetry, startPrivately } from '../testing/private-processes.ts';
import type { PrivateProcesses } from '../testing/private-processes.ts';

/** Two databases and six nodes that replace each other while they are written to. */
const telemetry = quietTelemetry();
let servers: PrivateProcesses;
let pools: Pools;
let redis: RedisClient;

before(async () => {
  servers = await startPrivately(dataServers, { data: 'cluster' });
  const primary = listener('mysql-primary', 'mysql');
  const replica = listener('mysql-replica', 'mysql');
  pools = createPools(servers.config, { database: 'market_order', primary, replica, telemetry });
  await eventually('a replica', () => replicaDiffers());
  const patience = { commandTimeoutMs: 1_000 };
  redis = createRedis(servers.config, servers.config.market.redis, { telemetry, patience });
  await eventually('redis', async () => (await redis.set('hello', '1')) === 'OK');
  await pools.primary.change('CREATE TABLE numbers (n INT PRIMARY KEY)');
});
after(async () => {
  redis?.disconnect();
  await pools?.close();
  await servers?.stop();
});

const at = (name: string) => addressOf(servers.config, listener(name, 'mysql'));
const replicaDiffers = () => at('mysql-replica') !== at('mysql-primary') && at('mysql-replica');
const serverAt = (address: string | undefined) =>
  address === at('mariadb') ? 'mariadb' : 'mariadb-2';

async function counted(pool: 'primary' | 'replica'): Promise<number> {
  const [row] = await pools[pool].rows('SELECT COUNT(*) AS n FROM numbers');
  return Number(row?.['n']);
}

/** Writes numbers until told to stop; resolves to those that were acknowledged. */
function writeNumbers(from: number) {
  const acknowledged: number[] = [];
  const stopping = new AbortController();
  const run = async () => {
    for (let n = from; !stopping.signal.aborted; n++) {
      // What fails may have happened or not; only what was acknowledged must be there.
      const wrote = await pools.primary.change('INSERT INTO numbers VALUES (?)', [n]).then(
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

test('a paused primary is replaced, loses nothing it acknowledged, and follows when it is back', async () => {
  const former = at('mysql-primary');
  const writing = writeNumbers(1_000);
  await eventually('writes', () => writing.acknowledged.length > 20);
  await servers.stack.kill(serverAt(former), 'SIGSTOP');
  await eventually('another primary', () => at('mysql-primary') !== former);
  const before = writing.acknowledged.length;
  await eventually('writes again', () => writing.acknowledged.length > before + 20);
  await servers.stack.kill(serverAt(former), 'SIGCONT');
  await eventually('it follows', () => at('mysql-replica') === former);
  await assertThere(await writing.stop());
});

test('a killed primary that comes back at once goes on, and nothing is lost', async () => {
  const writing = writeNumbers(100_000);
  await eventually('writes', () => writing.acknowledged.length > 20);
  await servers.stack.kill(serverAt(at('mysql-primary')), 'SIGKILL');
  const before = writing.acknowledged.length;
  await eventually('writes again', () => writing.acknowledged.length > before + 20);
  await eventually('a replica', replicaDiffers);
  await assertThere(await writing.stop());
});

test('without a replica commits go on after a moment, and it catches up', async () => {
  const replica = serverAt(at('mysql-replica'));
  await servers.stack.kill(replica, 'SIGSTOP');
  const writing = writeNumbers(200_000);
  await eventually('writes', () => writing.acknowledged.length > 20);
  await servers.stack.kill(replica, 'SIGCONT');
  await eventually('a replica', replicaDiffers);
  await assertThere(await writing.stop());
});

test('a killed node of Redis is replaced while it is used', async () => {
  await redis.set('kept', 'yes');
  await servers.stack.kill('redis-1', 'SIGSTOP');
  for (const key of ['a', 'b', 'c', 'kept']) {
    await eventually(`a write to ${key}`, async () => (await redis.set(key, 'yes')) === 'OK');
  }
  await servers.stack.kill('redis-1', 'SIGCONT');
  assert.equal(
    await eventually('a read', () => redis.get('kept').then((value) => value ?? undefined)),
    'yes',
  );
});

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
