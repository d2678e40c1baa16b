import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Readable, Writable } from 'node:stream';
import { findTool, secret, SproutError } from '@sprout/process';
import { certificateFiles } from '../own-certificates.ts';
import type { SproutConfig, Tool } from '@sprout/process';

/** Databases of the market, as a server of ours has them. */
export const marketDatabases = ({ market }: SproutConfig): string[] =>
  Object.keys(market.databases).map((service) => `market_${service}`);

/** As whom, and where, a client program works. */
export interface ClientLogin {
  readonly user: 'keeper' | 'market';
  /** `host:port`. */
  readonly address: string;
}

/**
 * Writes the market's databases as SQL, as they stood at one instant; with `position`, the dump
 * sets `gtid_slave_pos`, from which a replica goes on.
 */
export function dumpDatabases(
  config: SproutConfig,
  login: ClientLogin,
  file: string,
  options: { readonly position: boolean },
): Promise<void> {
  const args = [
    '--single-transaction',
    '--skip-lock-tables',
    '--hex-blob',
    '--no-tablespaces',
    '--add-drop-database',
    ...(options.position ? ['--master-data=1', '--gtid'] : []),
    '--databases',
    ...marketDatabases(config),
  ];
  return runClient(config, 'mariadb-dump', login, args, {
    to: createWriteStream(file, { mode: 0o600 }),
  });
}

/** Reads what `dumpDatabases` wrote; whatever stood in those databases is gone. */
export function loadDatabases(
  config: SproutConfig,
  login: ClientLogin,
  file: string,
): Promise<void> {
  return runClient(config, 'mariadb', login, ['--abort-source-on-error'], {
    from: createReadStream(file),
  });
}

/** The password travels in the environment, which only the owner of a process can read. */
async function runClient(
  config: SproutConfig,
  tool: Tool,
  { user, address }: ClientLogin,
  args: readonly string[],
  { from, to }: { readonly from?: Readable; readonly to?: Writable },
): Promise<void> {
  const [host = '', port = ''] = address.split(':');
  const login = ['--no-defaults', `--host=${host}`, `--port=${port}`, `--user=${user}`];
  const tls = config.market.tls ? [`--ssl-ca=${certificateFiles(config).ca}`] : [];
  const password = secret(config, user === 'keeper' ? 'mysql-keeper' : 'mysql');
  const child = spawn(findTool(tool, config), [...login, '--protocol=tcp', ...tls, ...args], {
    env: { PATH: process.env['PATH'], MYSQL_PWD: password },
    stdio: [from ? 'pipe' : 'ignore', to ? 'pipe' : 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const flow = [
    from && child.stdin ? pipeline(from, child.stdin) : undefined,
    to && child.stdout ? pipeline(child.stdout, to) : undefined,
  ];
  // The exit code tells more than the broken pipe that follows from it.
  await Promise.allSettled(flow);
  if ((await ended) === 0) return;
  throw new SproutError('DATABASE_COPY_FAILED', `${tool}: ${complaint.trim().slice(0, 2000)}`, {
    hint: 'the log of the database says more; ./sprout status names it',
  });
}
