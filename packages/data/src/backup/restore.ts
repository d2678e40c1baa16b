import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, listener, SproutError, startStack } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { runningStack } from '@sprout/process/supervisor';
import { createAdminRedis } from '../redis.ts';
import { dataServers } from '../servers/data-servers.ts';
import { redisNodeNames } from '../servers/redis.ts';
import type { Telemetry } from '../telemetry.ts';
import {
  backUp,
  backupName,
  backupsDirectory,
  dumpName,
  ledgerDirectory,
  primaryAddress,
} from './backup.ts';
import type { Backup } from './backup.ts';
import { loadDatabases } from './database-dump.ts';
import { readManifest } from './manifest.ts';
import { once } from 'node:events';

/** What a restore did. */
export interface Restored {
  readonly from: Backup;
  /** What was there before, as a backup of its own. */
  readonly before: Backup;
}

export interface RestoreOptions {
  readonly telemetry: Pick<Telemetry, 'logger'>;
  /** Told what is about to be done. */
  say(line: string): void;
  readonly now: Date;
}

/**
 * Puts back what a backup holds, while nothing runs: starts the servers for it, first backs up
 * what is there, then replaces it, and empties Redis, whose messages speak of what is no more.
 * Throws SproutError `BACKUP_INVALID`, `RESTORE_RUNNING`, `DATABASE_COPY_FAILED`.
 */
export async function restore(
  config: SproutConfig,
  directory: string,
  { telemetry, say, now }: RestoreOptions,
): Promise<Restored> {
  const manifest = await readManifest(directory);
  const running = runningStack(config.dataDir);
  if (running !== undefined) {
    throw new SproutError('RESTORE_RUNNING', `sprout runs on these data (pid ${running.pid})`, {
      hint: './sprout down, then run the same command again',
    });
  }
  say('starting the databases');
  const stack = await startStack(dataServers(config), config);
  try {
    const beforeDirectory = join(backupsDirectory(config), `${backupName(now)}-before-restore`);
    say(`backing up what is there into ${beforeDirectory}`);
    const before = await backUp(config, beforeDirectory, now);
    say('restoring the databases');
    const login = { user: 'market' as const, address: primaryAddress(config) };
    await loadDatabases(config, login, join(directory, dumpName));
    await emptyRedis(config, telemetry);
    say('restoring the ledger');
    const names = manifest.files.map(({ name }) => name).filter((name) => name !== dumpName);
    for (const name of names) await replaceFile(config, directory, name);
    return { from: { directory, manifest }, before };
  } finally {
    await stack.stop();
  }
}

/** The log beside a SQLite file belongs to the file that goes. */
async function replaceFile(config: SproutConfig, directory: string, name: string): Promise<void> {
  const target = join(ledgerDirectory(config), name);
  await mkdir(ledgerDirectory(config), { recursive: true });
  await copyFile(join(directory, name), `${target}.new`);
  for (const log of [`${target}-wal`, `${target}-shm`]) await rm(log, { force: true });
  await rename(`${target}.new`, target);
}

const redisTimeoutMs = 5_000;

async function emptyRedis(
  config: SproutConfig,
  telemetry: RestoreOptions['telemetry'],
): Promise<void> {
  const names = config.market.data === 'cluster' ? redisNodeNames : ['redis'];
  for (const endpoint of names.map((name) => listener(name, 'redis'))) {
    if (addressOf(config, endpoint) === undefined) continue;
    const patience = { commandTimeoutMs: redisTimeoutMs };
    const redis = createAdminRedis(config, endpoint, { telemetry, patience });
    try {
      await once(redis, 'ready', { signal: AbortSignal.timeout(redisTimeoutMs) });
      if (String(await redis.info('replication')).includes('role:master')) await redis.flushall();
    } finally {
      redis.disconnect();
    }
  }
}
