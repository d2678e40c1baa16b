import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from 'node:net';
import { TLSSocket } from 'node:tls';
import { addressOf, listener, secret } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { dumpDatabases } from './backup/database-dump.ts';
import { createPools, securedBy } from './pools.ts';
import { certificateFiles, ensureCertificates, renewCertificate } from './own-certificates.ts';
import { createAdminRedis, createRedis } from './redis.ts';
import { secured } from './tls.ts';
import { dataServers, redisNodeNames } from './servers/index.ts';
import { quietTelemetry, startPrivately } from './testing/private-processes.ts';
import type { PrivateProcesses } from './testing/private-processes.ts';

/** A cluster of our own with `market.tls`: everything between servers and clients is TLS. */
const telemetry = quietTelemetry();
let servers: PrivateProcesses;
before(async () => {
  servers = await startPrivately(dataServers, { data: 'cluster', tls: true });
});
after(async () => {
  await servers?.stop();
  await telemetry.shutdown();
});

const at = (name: string, what: 'mysql' | 'redis') =>
  addressOf(servers.config, listener(name, what)) ?? assert.fail(name);

test('MySQL is written over TLS, and replicates over TLS', async () => {
  const [primary, replica] = [
    listener('mysql-primary', 'mysql'),
    listener('mysql-replica', 'mysql'),
  ];
  await eventually(
    'a replica',
    () => at('mysql-replica', 'mysql') !== at('mysql-primary', 'mysql'),
  );
  const pools = createPools(servers.config, {
    database: 'market_order',
    primary,
    replica,
    telemetry,
  });
  await pools.primary.change('CREATE TABLE secret (n INT PRIMARY KEY)');
  await pools.primary.change('INSERT INTO secret VALUES (7)');
  for (const pool of [pools.primary, pools.replica]) {
    const [row] = await pool.rows("SHOW STATUS LIKE 'Ssl_version'");
    assert.match(String(row?.['Value']), /^TLSv1\.[23]$/);
    await eventually('it is there', async () => (await pool.rows('SELECT n FROM secret'))[0]);
  }
  await pools.close();
  const file = join(servers.config.dataDir, 'dump.sql');
  const login = { user: 'market', address: at('mysql-primary', 'mysql') } as const;
  await dumpDatabases(servers.config, login, file, { position: false });
  assert.match(readFileSync(file, 'utf8'), /INSERT INTO `secret` VALUES\s*\(7\)/);
});

test('Redis is a cluster over TLS', async () => {
  const { config } = servers;
  const patience = { commandTimeoutMs: 1_000 };
  const redis = createRedis(config, config.market.redis, { telemetry, patience });
  for (const key of ['a', 'b', 'c', 'd']) {
    await eventually('a write', async () => (await redis.set(key, '1')) === 'OK');
  }
  redis.disconnect();
  const nodes = redisNodeNames.map((name) =>
    createAdminRedis(config, listener(name, 'redis'), { telemetry, patience }),
  );
  await eventually('each replica has its link', async () => {
    const links = await Promise.all(nodes.map((node) => node.info('replication')));
    return links.filter((text) => text.includes('master_link_status:up')).length === 3;
  });
  for (const node of nodes) node.disconnect();
});

test('a Redis that nobody has published is dialled again and again, plainly and over TLS', async () => {
  for (const tls of [false, true]) {
    const place = { dataDir: servers.config.dataDir, market: { tls } };
    const patience = { commandTimeoutMs: 1_000 };
    const redis = createRedis(place, listener('redis-7', 'redis'), { telemetry, patience });
    const failures: string[] = [];
    redis.on('error', ({ message }: Error) => failures.push(message));
    await eventually('it is dialled three times', () => failures.length >= 3);
    assert.match(failures[2] ?? '', /nobody published/);
    redis.disconnect();
  }
});

test('who does not speak TLS is refused by every server', async () => {
  for (const name of ['mariadb', 'mariadb-2']) {
    const [host = '', port] = at(name, 'mysql').split(':');
    const password = secret(servers.config, 'mysql');
    const login = { host, port: Number(port), user: 'market', password };
    // MariaDB says no more to who comes without TLS; the same login with it is let in.
    await assert.rejects(createConnection(login), { code: 'ER_ACCESS_DENIED_ERROR' }, name);
    const secured = securedBy(servers.config, listener(name, 'mysql'));
    (await createConnection({ ...login, ...secured })).destroy();
  }
  for (const name of redisNodeNames) {
    assert.doesNotMatch(await plainly(at(name, 'redis'), 'PING\r\n'), /PONG|NOAUTH/, name);
  }
});

test('the keeper renews the certificate of servers that run, and open connections stay', async () => {
  const { config, stack } = servers;
  const patience = { commandTimeoutMs: 1_000 };
  const redis = createAdminRedis(config, listener('redis-1', 'redis'), { telemetry, patience });
  const clientId = await eventually('redis answers', () => redis.client('ID'));
  const mysql = await mysqlConnection('mariadb-2');
  const { certificate } = certificateFiles(config);
  const before = new X509Certificate(readFileSync(certificate)).serialNumber;
  assert.equal(serialOf(mysql), before);
  // Without one it is as if its time were over.
  rmSync(certificate);
  await stack.restart('data-keeper');
  for (const name of ['mariadb', 'mariadb-2']) {
    const serial = await eventually(`${name} shows another`, async () => {
      const connection = await mysqlConnection(name);
      connection.destroy();
      return serialOf(connection) !== before && serialOf(connection);
    });
    assert.equal(serial, new X509Certificate(readFileSync(certificate)).serialNumber, name);
  }
  for (const name of redisNodeNames) {
    await eventually(`${name} shows it`, async () => (await redisSerial(name)) !== before);
  }
  assert.equal(await redis.client('ID'), clientId);
  await mysql.query('SELECT 1');
  assert.equal(serialOf(mysql), before);
  mysql.destroy();
  redis.disconnect();
});

async function mysqlConnection(name: string): Promise<Connection> {
  const [host = '', port] = at(name, 'mysql').split(':');
  const password = secret(servers.config, 'mysql');
  const secured = securedBy(servers.config, listener(name, 'mysql'));
  return createConnection({ host, port: Number(port), user: 'market', password, ...secured });
}

/** Of the certificate that the server showed. */
function serialOf(connection: Connection): string {
  const stream: unknown = Reflect.get(Object(Reflect.get(connection, 'connection')), 'stream');
  assert.ok(stream instanceof TLSSocket);
  return stream.getPeerCertificate().serialNumber;
}

async function redisSerial(name: string): Promise<string> {
  const [host = '', port] = at(name, 'redis').split(':');
  const { ca } = certificateFiles(servers.config);
  const socket = secured(connect({ host, port: Number(port) }), {
    host,
    ca: readFileSync(ca, 'utf8'),
  });
  await once(socket, 'secureConnect');
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}

test('a client that trusts another authority gets no connection', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-authority-'));
  const foreign = await ensureCertificates({ dataDir: directory, host: '127.0.0.1' });
  const url = `mysqls://${at('mariadb', 'mysql')}`;
  const endpoint = { url, caFile: foreign.ca };
  const at2 = { database: 'market_order', primary: endpoint, replica: endpoint, telemetry };
  const pools = createPools(servers.config, at2);
  await assert.rejects(pools.primary.rows('SELECT 1'), /certificate/i);
  await pools.close();
  rmSync(directory, { recursive: true });
});

test('certificates stay until a third of their time is left, the authority longer', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-certificates-'));
  const place = { dataDir: directory, host: '127.0.0.1' };
  const files = await ensureCertificates(place);
  const [ca, first] = [readFileSync(files.ca), readFileSync(files.certificate)];
  assert.equal(statSync(files.key).mode & 0o077, 0, 'nobody else reads the key');
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  await ensureCertificates(place, inDays(260));
  assert.deepEqual(readFileSync(files.certificate), first);
  await Promise.all([ensureCertificates(place, inDays(270)), ensureCertificates(place)]);
  const second = new X509Certificate(readFileSync(files.certificate));
  assert.notEqual(second.fingerprint256, new X509Certificate(first).fingerprint256);
  assert.deepEqual(readFileSync(files.ca), ca);
  assert.ok(second.verify(new X509Certificate(ca).publicKey));
  assert.equal(second.checkIP('127.0.0.1'), '127.0.0.1');
  await renewCertificate(place, inDays(3_300));
  assert.deepEqual(readFileSync(files.ca), ca, 'while servers run, their authority stays');
  await ensureCertificates(place, inDays(3_300));
  assert.notDeepEqual(readFileSync(files.ca), ca);
  rmSync(directory, { recursive: true });
});

/** What a server answers to plain words, until it hangs up or has said something. */
async function plainly(address: string, words: string): Promise<string> {
  const [host = '', port] = address.split(':');
  const socket = connect({ host, port: Number(port) });
  socket.setTimeout(5_000, () => socket.destroy());
  socket.write(words);
  let answer = '';
  try {
    for await (const chunk of socket) {
      answer += String(chunk);
      break;
    }
  } catch {
    // It hung up.
  }
  socket.destroy();
  return answer;
}
