import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addressOf, listener } from '@sprout/process';
import type { ConfigInput, Endpoint, ProcessSpec } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { createAdminRedis, createRedis } from '../redis.ts';
import type { RedisClient } from '../redis.ts';
import type { DataPlace } from '../tls.ts';
import { quietTelemetry, startPrivately } from '../testing/private-processes.ts';
import type { PrivateProcesses } from '../testing/private-processes.ts';
import { converse } from './converse.ts';
import { redisNodeProcesses, redisProcess } from './redis.ts';

const telemetry = quietTelemetry();
after(() => telemetry.shutdown());
const patience = { commandTimeoutMs: 5_000 };

/** One server, and one node of a cluster; alone, that takes no keys until it has the slots. */
const kinds: readonly (readonly [ProcessSpec, ConfigInput['market']])[] = [
  [redisProcess(), {}],
  [redisNodeProcesses()[0]!, { data: 'cluster' }],
];

for (const [spec, market] of kinds) {
  describe(spec.name, () => {
    const endpoint = listener(spec.name, 'redis');
    let servers: PrivateProcesses;
    let redis: RedisClient;

    before(async () => {
      servers = await startPrivately([spec], market);
      if (market?.data === 'cluster') await giveSlots(servers.config, endpoint);
      redis = createRedis(servers.config, endpoint, { telemetry, patience });
      await eventually('it takes keys', async () => (await redis.set('first', '1')) === 'OK');
    });
    after(async () => {
      redis?.disconnect();
      await servers?.stop();
    });

    const told = async (section: string, field: string) =>
      new RegExp(`^${field}:(.*)\r$`, 'm').exec(await redis.info(section))?.[1];

    test('who gives no password is answered nothing, who gives a wrong one is not let in', async () => {
      const address = addressOf(servers.config, endpoint) ?? '';
      for (const answer of await answersTo(address, uninvited)) assert.match(answer, /^-NOAUTH /);
      for (const answer of await answersTo(address, guesses)) assert.match(answer, /^-WRONGPASS /);
      assert.equal(await redis.get('first'), '1');
    });

    test('the market does everything with keys', async () => {
      for (const line of withKeys) await redis.call(...wordsOf(line));
      assert.equal(await redis.get('{k}n'), '3');
    });

    test('the market does nothing with the server', async () => {
      for (const line of withServer) {
        await assert.rejects(redis.call(...wordsOf(line)), /^ReplyError: NOPERM /, line);
      }
      assert.equal(await redis.get('first'), '1');
    });

    test('what was acknowledged is there after it was killed', async () => {
      const run = await told('server', 'run_id');
      const acknowledged: string[] = [];
      const writing = (async () => {
        for (;;) acknowledged.push((await redis.xadd('log', '*', 'a', 'b')) ?? '');
      })();
      await eventually('it is written to', () => acknowledged.length > 100);
      await Promise.all([servers.stack.kill(spec.name), assert.rejects(writing)]);
      await eventually('it runs again', async () => (await told('server', 'run_id')) !== run);
      // While it reads its file again it tells about itself alone.
      const log = await eventually('it has read its file', () => redis.xrange('log', '-', '+'));
      const kept = new Set(log.map(([id]) => id));
      assert.deepEqual(
        acknowledged.filter((id) => !kept.has(id)),
        [],
      );
    });

    test('beyond 128 MiB what has a time to live makes room, and nothing else does', async () => {
      await eventually('it takes keys', async () => (await redis.set('kept', '1')) === 'OK');
      for (let n = 0; n < 200; n += 1) {
        await redis.setrange(`page ${n}`, mebibyte - 1, '.');
        await redis.expire(`page ${n}`, 600);
      }
      assert.ok(Number(await told('stats', 'evicted_keys')) > 60);
      const used = Number(await told('memory', 'used_memory')) / mebibyte;
      assert.ok(used > 120 && used <= 128, `${used} MiB`);
      const fill = async () => {
        for (let n = 0; n < 200; n += 1) await redis.setrange(`order ${n}`, mebibyte - 1, '.');
      };
      await assert.rejects(fill, /^ReplyError: OOM /);
      for (const key of ['first', 'kept', 'log', 'order 0']) {
        assert.equal(await redis.exists(key), 1, key);
      }
    });
  });
}

async function giveSlots(config: DataPlace, endpoint: Endpoint): Promise<void> {
  const admin = createAdminRedis(config, endpoint, { telemetry, patience });
  await eventually('the administrator is let in', () => admin.status === 'ready');
  await admin.cluster('ADDSLOTSRANGE', 0, 16_383);
  admin.disconnect();
}

/** What is answered to who only connects, a line for each. */
async function answersTo(address: string, lines: readonly string[]): Promise<string[]> {
  const linesOf = (answer: Buffer) => String(answer).split('\r\n').slice(0, -1);
  const words = lines.map((line) => `${line}\r\n`).join('');
  return linesOf(await converse(address, words, (sofar) => linesOf(sofar).length >= lines.length));
}

const mebibyte = 2 ** 20;

function wordsOf(line: string): [string, ...string[]] {
  const [command = '', ...words] = line.split(' ');
  return [command, ...words];
}

const uninvited = ['PING', 'GET first', 'SET first 2', 'INFO', 'CONFIG GET *', 'ACL LIST'];
const guesses = ['AUTH guess', 'AUTH market guess', 'AUTH exporter guess', 'AUTH nobody guess'];

/** Caches, sessions, leases and the queue are made of these. */
const withKeys = [
  'SET {k}n 1 NX PX 60000',
  'INCRBY {k}n 2',
  'GETDEL {k}none',
  'MGET {k}n {k}none',
  'PEXPIRE {k}n 60000',
  'HSET {k}h field value',
  'ZADD {k}z 1 member',
  'XADD {k}s * field value',
  'XGROUP CREATE {k}s readers 0',
  'XREADGROUP GROUP readers one STREAMS {k}s >',
  'XPENDING {k}s readers',
  'XINFO GROUPS {k}s',
  'XTRIM {k}s MAXLEN 0',
  "EVAL return{redis.call('get',KEYS[1])} 1 {k}n",
  'SCAN 0',
  'PUBLISH {k}p message',
  'DEL {k}h {k}z {k}s',
];

const withServer = [
  'CONFIG GET maxmemory',
  'CONFIG SET maxmemory 1',
  'CONFIG REWRITE',
  'ACL LIST',
  'ACL SETUSER market +@all',
  'SHUTDOWN NOSAVE',
  'FLUSHALL',
  'FLUSHDB',
  'KEYS *',
  'SAVE',
  'BGREWRITEAOF',
  'MODULE LIST',
  'MONITOR',
  'SLOWLOG RESET',
  'LATENCY RESET',
  'CLIENT LIST',
  'CLIENT KILL TYPE normal',
  'REPLICAOF 127.0.0.1 1',
  'FAILOVER',
  'SWAPDB 0 1',
  'MIGRATE 127.0.0.1 1 first 0 1',
  'CLUSTER RESET HARD',
  'CLUSTER FORGET 0',
];
