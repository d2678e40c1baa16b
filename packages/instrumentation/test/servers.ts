import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A private server on loopback with its own temporary directory. */
export interface PrivateServer {
  readonly port: number;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** Starts a MariaDB of its own: user `root`, no password, no data. */
export async function startMariadb(): Promise<PrivateServer> {
  const dir = await mkdtemp(join(tmpdir(), 'sprout-mariadb-'));
  const port = await freePort();
  await promisify(execFile)('mariadb-install-db', [
    '--no-defaults',
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--user=root',
    `--datadir=${join(dir, 'data')}`,
    `--tmpdir=${dir}`,
  ]);
  const child = spawn('mariadbd', [
    '--no-defaults',
    '--user=root',
    `--datadir=${join(dir, 'data')}`,
    `--tmpdir=${dir}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(dir, 's.sock')}`,
    '--skip-log-bin',
    '--skip-name-resolve',
    '--innodb-flush-log-at-trx-commit=0',
  ]);
  return serve(child, port, dir);
}

/** Starts a Redis of its own that keeps nothing on disk. */
export async function startRedis(): Promise<PrivateServer> {
  const dir = await mkdtemp(join(tmpdir(), 'sprout-redis-'));
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir];
  return serve(spawn('redis-server', options), port, dir);
}

async function serve(child: ChildProcess, port: number, dir: string): Promise<PrivateServer> {
  child.stdout?.resume();
  child.stderr?.resume();
  const ended = once(child, 'exit');
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  await Promise.race([accepts(port), ended.then(() => Promise.reject(new Error('it ended')))]);
  return {
    port,
    async stop() {
      kill();
      process.off('exit', kill);
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function accepts(port: number): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (!(await canConnect(port))) {
    if (Date.now() > deadline) throw new Error(`nobody listens on port ${port}`);
    await sleep(30);
  }
}

function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
