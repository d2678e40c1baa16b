import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { secret } from '@sprout/process';
import type { ProcessContext, ProcessSpec } from '@sprout/process';
import { certificateFiles, ensureCertificates } from '../own-certificates.ts';
import { openRoleBook, roleBookPath } from '../keeper/role-book.ts';
import { converse } from './converse.ts';
import { mariadbNames } from './mariadb-names.ts';
import type { MariadbName } from './mariadb-names.ts';

/** A MariaDB of our own: data below `<data>/<name>`, loopback only, users `market` and `exporter`. */
export function mariadbProcess(name: MariadbName = 'mariadb'): ProcessSpec {
  return {
    name,
    tools: ['mariadbd', 'mariadb-install-db'],
    after: [],
    addresses: (context) => ({ mysql: `${context.config.host}:${context.port()}` }),
    prepare: async (context) => {
      mkdirSync(temporaryDirectory(context), { recursive: true });
      await installOnce(context);
      if (context.config.market.tls) await ensureCertificates(context.config);
      writeFileSync(initFile(context), initStatements(context), { mode: 0o600 });
    },
    command: (context) => ({
      file: context.tool('mariadbd'),
      args: [
        ...serverOptions(context),
        ...tlsOptions(context),
        ...replicationOptions(context, name),
      ],
    }),
    health: async (addresses) => {
      const greeting = await converse(addresses['mysql'] ?? '', '', (answer) => answer.length > 4);
      // After four bytes of length and number, the greeting starts with the protocol's version.
      return greeting.at(4) === 10 ? undefined : 'does not greet like MariaDB';
    },
  };
}

const dataDirectory = ({ directory }: ProcessContext) => join(directory, 'data');
/** Its own: a server that starts deletes every temporary table of whoever shares the directory. */
const temporaryDirectory = ({ directory }: ProcessContext) => join(directory, 'tmp');
const initFile = ({ directory }: ProcessContext) => join(directory, 'init.sql');

/** Makes the system tables under another name first: a directory with the right name is whole. */
async function installOnce(context: ProcessContext): Promise<void> {
  const target = dataDirectory(context);
  if (existsSync(target)) return;
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  await promisify(execFile)(context.tool('mariadb-install-db'), [
    '--no-defaults',
    `--datadir=${partial}`,
    `--tmpdir=${temporaryDirectory(context)}`,
    `--auth-root-socket-user=${userInfo().username}`,
    '--skip-test-db',
    ...runAsRoot(),
    ...smallLog,
  ]);
  renameSync(partial, target);
}

/** MariaDB runs this at each start, before it listens; each statement on one line. */
function initStatements({ config }: ProcessContext): string {
  return [
    // Each server makes its own users; as events they would clash with those of the other.
    'SET SESSION sql_log_bin = 0;',
    ...(isReplicated(config) ? keeperStatements(config) : []),
    ...user('market', secret(config, 'mysql')),
    "GRANT ALL ON `market\\_%`.* TO 'market'@'%';",
    "GRANT ALL ON `sprout\\_%`.* TO 'market'@'%';",
    ...Object.keys(config.market.databases).map(
      (service) => `CREATE DATABASE IF NOT EXISTS \`market_${service}\`;`,
    ),
    ...user('exporter', secret(config, 'mysql-exporter')),
    // What it takes to see the server's state and replication, and no table.
    "GRANT PROCESS, BINLOG MONITOR, SLAVE MONITOR ON *.* TO 'exporter'@'%' WITH MAX_USER_CONNECTIONS 3;",
    '',
  ].join('\n');
}

/** Users that replicate, and that say who does. */
function keeperStatements(config: ProcessContext['config']): string[] {
  return [
    ...user('keeper', secret(config, 'mysql-keeper')),
    "GRANT ALL ON *.* TO 'keeper'@'%';",
    ...user('replication', secret(config, 'mysql-replication')),
    "GRANT REPLICATION SLAVE ON *.* TO 'replication'@'%';",
  ];
}

/** Also gives a user that was there before its password. */
const user = (name: string, password: string): string[] => [
  `CREATE USER IF NOT EXISTS '${name}'@'%' IDENTIFIED BY '${password}';`,
  `ALTER USER '${name}'@'%' IDENTIFIED BY '${password}';`,
];

const smallLog = ['--innodb-log-file-size=32M'];

function serverOptions(context: ProcessContext): string[] {
  return [
    '--no-defaults',
    `--datadir=${dataDirectory(context)}`,
    `--tmpdir=${temporaryDirectory(context)}`,
    `--socket=${socketPath(context.directory)}`,
    `--pid-file=${join(context.directory, 'mariadbd.pid')}`,
    `--bind-address=${context.config.host}`,
    `--port=${context.port()}`,
    `--init-file=${initFile(context)}`,
    ...runAsRoot(),
    ...smallLog,
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--default-time-zone=+00:00',
    '--max-connections=200',
    // A commit is on disk before it is answered: orders must outlive a power failure.
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=64M',
    '--aria-pagecache-buffer-size=4M',
    '--key-buffer-size=1M',
    '--table-open-cache=200',
    '--performance-schema=OFF',
    // Health checks hang up after the greeting; that is not worth a line each.
    '--log-warnings=1',
  ];
}

/** Over TLS or not at all; the Unix socket counts as safe. */
function tlsOptions({ config }: ProcessContext): string[] {
  if (!config.market.tls) return [];
  const { ca, certificate, key } = certificateFiles(config);
  return [
    `--ssl-ca=${ca}`,
    `--ssl-cert=${certificate}`,
    `--ssl-key=${key}`,
    '--tls-version=TLSv1.2,TLSv1.3',
    '--require-secure-transport=ON',
  ];
}

const isReplicated = ({ market }: ProcessContext['config']): boolean => market.data === 'cluster';

/** A primary without a replica that has everything keeps all that it wrote. */
function isAlone({ config }: ProcessContext, name: MariadbName): boolean {
  const book = openRoleBook(roleBookPath(config));
  return book.primary() === name && !book.inSync();
}

/** A commit waits for the other server this long; the keeper ends the wait when there is none. */
const acknowledgedMsMax = 86_400_000;

/**
 * Two servers that can replace each other. Both begin read-only and as replicas: what a primary
 * had not sent when it was killed was never answered, and is rolled back when it starts again.
 */
function replicationOptions(context: ProcessContext, name: MariadbName): string[] {
  const { config } = context;
  if (!isReplicated(config)) return [];
  return [
    `--server-id=${mariadbNames.indexOf(name) + 1}`,
    '--log-bin=binlog',
    '--log-slave-updates',
    '--gtid-strict-mode=ON',
    '--sync-binlog=1',
    '--binlog-expire-logs-seconds=86400',
    '--max-binlog-size=64M',
    '--relay-log=relay',
    '--relay-log-recovery',
    '--read-only=ON',
    '--skip-slave-start',
    `--init-rpl-role=${isAlone(context, name) ? 'MASTER' : 'SLAVE'}`,
    '--slave-net-timeout=4',
    '--rpl-semi-sync-slave-enabled=ON',
    '--rpl-semi-sync-master-wait-point=AFTER_SYNC',
    `--rpl-semi-sync-master-timeout=${acknowledgedMsMax}`,
  ];
}

/** MariaDB refuses to run as root unless told to. */
function runAsRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

/** Longest path of a Unix socket on Linux. */
const socketPathBytesMax = 107;

/** In the data directory, or, when its path is too long for a socket, beside everybody's. */
export function socketPath(directory: string): string {
  const wanted = join(directory, 'mysql.sock');
  if (Buffer.byteLength(wanted) <= socketPathBytesMax) return wanted;
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return `/tmp/sprout-${name}.sock`;
}
