import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { observe } from '@sprout/instrumentation';
import {
  addressOf,
  listen,
  listener,
  loadConfig,
  portOf,
  publishRunFile,
  readRunFile,
  removeRunFile,
} from '@sprout/process';
import { processIdentity, signalGroup } from '@sprout/process/supervisor';
import express from 'express';
import type { Redis } from 'ioredis';
import { createAdminRedis } from '../redis.ts';
import { redisNodeNames } from '../servers/redis.ts';
import { dumpDatabases, loadDatabases } from '../backup/database-dump.ts';
import type { CertificateFiles } from '../own-certificates.ts';
import { createRenewal } from './certificate-renewal.ts';
import { mysqlRoles } from './mysql-roles.ts';
import { mysqlServers } from './mysql-server.ts';
import type { MysqlServer } from './mysql-server.ts';
import { joinCluster } from './redis-cluster.ts';
import type { RedisNode } from './redis-cluster.ts';
import { openRoleBook, roleBookPath } from './role-book.ts';

/** Says which MariaDB is the primary, makes the other follow, and joins the nodes of Redis. */
const name = 'data-keeper';
const lookEveryMs = 500;
/** A certificate is renewed months before it ends. */
const renewEveryMs = 3_600_000;
const config = loadConfig();
const service = observe({ service: name, pushLogs: false });
const { logger } = service;
const directory = join(config.dataDir, name);
const servers = mysqlServers(config);
let isPublished = false;
const roles = mysqlRoles({
  servers,
  book: openRoleBook(roleBookPath(config)),
  logger,
  publish: ({ primary, replica }) => {
    publishOnce('mysql-primary', primary);
    publishOnce('mysql-replica', replica);
    isPublished = true;
  },
  copy: copyDatabases,
  restart: (server) => {
    const identity = processIdentity(config.dataDir, server.name);
    if (identity !== undefined) signalGroup(identity, 'SIGKILL');
  },
  now: () => performance.now(),
});
const nodes = redisNodeNames.map(nodeOf);
const renew = createRenewal({
  config,
  logger,
  servers: [
    ...servers,
    ...nodes.map(({ node, redis }) => ({
      name: node,
      readCertificate: async ({ certificate, key }: CertificateFiles) =>
        void (await redis.call('CONFIG', 'SET', 'tls-cert-file', certificate, 'tls-key-file', key)),
    })),
  ],
});

let mysqlProblem: string | undefined = 'not looked at yet';
let redisProblem: string | undefined = 'not looked at yet';
service.health.check('mysql', async () => failWith(mysqlProblem));
service.health.check('redis', async () => failWith(redisProblem));

const app = express();
service.attach(app);
const server = await listen(app, { host: config.host, port: portOf(config, name) });
publishRunFile(config, { name, pid: process.pid, addresses: { http: server.url } });
const stopping = new AbortController();
const looking = Promise.all([
  again(lookAtMysql),
  again(lookAtRedis),
  ...(config.market.tls ? [again(lookAtCertificate, renewEveryMs)] : []),
]);
service.onStop('server', () => server.close());
service.onStop('run files', () => {
  for (const file of [name, 'mysql-primary', 'mysql-replica']) removeRunFile(config, file);
});
service.onStop('looking', async () => {
  stopping.abort();
  await looking;
  for (const one of servers) one.close();
  for (const { redis } of nodes) redis.disconnect();
});

async function again(look: () => Promise<void>, everyMs = lookEveryMs): Promise<void> {
  while (!stopping.signal.aborted) {
    await look();
    try {
      await sleep(everyMs, undefined, { signal: stopping.signal });
    } catch {
      // Stopped meanwhile: the loop looks at the signal.
    }
  }
}

async function lookAtMysql(): Promise<void> {
  try {
    await roles.look();
    mysqlProblem = isPublished ? undefined : 'no server takes writes yet';
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (problem !== mysqlProblem) logger.warn('mysql', { 'exception.message': problem });
    mysqlProblem = problem;
  }
}

async function lookAtRedis(): Promise<void> {
  try {
    redisProblem = await joinCluster(nodes.map(({ now }) => now()));
  } catch (error) {
    redisProblem = error instanceof Error ? error.message : String(error);
  }
}

async function lookAtCertificate(): Promise<void> {
  try {
    await renew();
  } catch (error) {
    logger.error('certificate not renewed', { 'exception.message': String(error) });
  }
}

async function copyDatabases(from: MysqlServer, to: MysqlServer): Promise<void> {
  const file = join(directory, `${to.name}.sql`);
  const login = (one: MysqlServer) => ({ user: 'keeper' as const, address: one.address() ?? '' });
  logger.info('mysql copies its databases', { from: from.name, to: to.name });
  try {
    await dumpDatabases(config, login(from), file, { position: true });
    await loadDatabases(config, login(to), file);
  } finally {
    await rm(file, { force: true });
  }
}

/** Writes a run file only when it says something new, as many read it. */
function publishOnce(file: string, mysql: string): void {
  if (readRunFile(config, file)?.addresses['mysql'] === mysql) return;
  publishRunFile(config, { name: file, pid: process.pid, addresses: { mysql } });
}

function nodeOf(node: string): { readonly node: string; readonly redis: Redis; now(): RedisNode } {
  const endpoint = listener(node, 'redis');
  const patience = { commandTimeoutMs: 1_000 };
  const redis = createAdminRedis(config, endpoint, { telemetry: service, patience });
  const now = () => {
    const address = addressOf(config, endpoint);
    const bus = readRunFile(config, node)?.addresses['bus'];
    if (address === undefined || bus === undefined) throw new Error(`${node} is not up yet`);
    const [host = '', port] = address.split(':');
    return { redis, host, port: Number(port), busPort: Number(bus.split(':')[1]) };
  };
  return { node, redis, now };
}

function failWith(problem: string | undefined): void {
  if (problem !== undefined) throw new Error(problem);
}
