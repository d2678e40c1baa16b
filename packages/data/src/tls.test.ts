import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Endpoint, ProcessSpec } from '@sprout/process';
import { readRunFile } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { createPools } from './pools.ts';
import { createRedis } from './redis.ts';
import { mariadbProcess, redisProcess } from './servers/index.ts';
import { quietTelemetry, startPrivately } from './testing/private-processes.ts';
import type { PrivateProcesses } from './testing/private-processes.ts';

const directory = mkdtempSync(join(tmpdir(), 'sprout-tls-'));
const file = (name: string) => join(directory, name);
const telemetry = quietTelemetry();
let servers: PrivateProcesses;

before(async () => {
  makeAuthority('ca');
  makeAuthority('other-ca');
  makeCertificate('ca');
  const secure = (spec: ProcessSpec, options: (port: number) => string[]): ProcessSpec => ({
    ...spec,
    addresses: (context) => ({
      ...spec.addresses?.(context),
      tls: `127.0.0.1:${context.port('tls')}`,
    }),
    command: (context) => {
      const command = spec.command(context);
      return { ...command, args: [...command.args, ...options(context.port('tls'))] };
    },
  });
  servers = await startPrivately([
    secure(mariadbProcess(), () => [
      `--ssl-cert=${file('server.pem')}`,
      `--ssl-key=${file('server.key')}`,
      '--require-secure-transport=ON',
    ]),
    secure(redisProcess(), (port) => [
      '--tls-port',
      String(port),
      '--tls-auth-clients',
      'no',
      '--tls-cert-file',
      file('server.pem'),
      '--tls-key-file',
      file('server.key'),
      '--tls-ca-cert-file',
      file('ca.pem'),
    ]),
  ]);
});

after(async () => {
  await servers.stop();
  await telemetry.shutdown();
  rmSync(directory, { recursive: true });
});

const addressOf = (process: string, listener: string) =>
  readRunFile(servers.config, process)?.addresses[listener] ?? assert.fail();

async function mysqlCipher(endpoint: Endpoint): Promise<string> {
  const at = { database: 'information_schema', primary: endpoint, replica: endpoint, telemetry };
  const pools = createPools(servers.config, at);
  try {
    const [row] = await pools.primary.rows("SHOW STATUS LIKE 'Ssl_cipher'");
    return String(row?.['Value']);
  } finally {
    await pools.close();
  }
}

test('MySQL is spoken to over TLS when its certificate is trusted, else not at all', async () => {
  const url = `mysqls://${addressOf('mariadb', 'mysql')}`;
  assert.match(await mysqlCipher({ url, caFile: file('ca.pem') }), /^(TLS_|ECDHE)/);
  await assert.rejects(mysqlCipher({ url, caFile: file('other-ca.pem') }), /certificate/i);
  await assert.rejects(mysqlCipher({ url }), /certificate/i);
  const elsewhere = url.replace('127.0.0.1', 'localhost');
  await assert.rejects(mysqlCipher({ url: elsewhere, caFile: file('ca.pem') }), /altnames|match/i);
  await assert.rejects(mysqlCipher({ url: addressOf('mariadb', 'mysql') }), 'plain is refused');
});

async function pong(endpoint: Endpoint): Promise<string> {
  const patience = { commandTimeoutMs: 2_000 };
  const redis = createRedis(servers.config, endpoint, { telemetry, patience });
  try {
    return await eventually('an answer', () => redis.ping(), 3_000);
  } finally {
    redis.disconnect();
  }
}

test('Redis is spoken to over TLS when its certificate is trusted, else not at all', async () => {
  const url = `rediss://${addressOf('redis', 'tls')}`;
  assert.equal(await pong({ url, caFile: file('ca.pem') }), 'PONG');
  await assert.rejects(pong({ url, caFile: file('other-ca.pem') }));
  await assert.rejects(pong({ url: addressOf('redis', 'tls') }));
});

test('who accepts and then hangs is given up as soon over TLS as plainly', async (t) => {
  const accepted: Socket[] = [];
  const silent = createServer((socket) => accepted.push(socket.on('error', () => undefined)));
  t.after(() => silent.close());
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const at = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  for (const endpoint of [{ url: `rediss://${at}`, caFile: file('ca.pem') }, { url: at }]) {
    const beganMs = performance.now();
    const patience = { commandTimeoutMs: 1_000 };
    const redis = createRedis(servers.config, endpoint, { telemetry, patience });
    const [error] = await once(
      redis.on('error', () => undefined),
      'error',
    ).catch(told);
    assert.match(String(error), /timed? ?out/i);
    assert.ok(performance.now() - beganMs < 8_000, 'the limit of ioredis is ten seconds');
    redis.disconnect();
  }
  for (const socket of accepted) socket.destroy();
});

/** `once` rejects with an error event. */
const told = (error: unknown): unknown[] => [error];

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
}

function makeAuthority(name: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const out = ['-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '2'];
  openssl('req', '-x509', ...key, ...out, '-subj', `/CN=${name}`);
}

function makeCertificate(authority: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1');
  const by = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial'];
  openssl('x509', '-req', '-in', 'server.csr', ...by, '-out', 'server.pem', '-extfile', 'names');
}
