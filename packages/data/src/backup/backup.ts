import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { addressOf, listener, SproutError } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { dumpDatabases } from './database-dump.ts';
import { writeManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

/** Name of the databases' dump in a backup. */
export const dumpName = 'market.sql';

/** Where the SLO service keeps its ledger and records. */
export const ledgerDirectory = ({ dataDir }: SproutConfig): string => join(dataDir, 'slo-service');

/** Where backups lie unless another folder is named. */
export const backupsDirectory = ({ dataDir }: SproutConfig): string => join(dataDir, 'backups');

/** A backup that is whole. */
export interface Backup {
  readonly directory: string;
  readonly manifest: Manifest;
}

/**
 * Writes the market's databases and the SLO service's files into a folder, while both are in use:
 * each as it stood at one instant. Redis is left out: its caches, sessions and messages are made
 * again from the databases.
 * Throws SproutError `BACKUP_EXISTS`, `DATABASE_AWAY`, `DATABASE_COPY_FAILED`.
 */
export async function backUp(config: SproutConfig, directory: string, now: Date): Promise<Backup> {
  if (existsSync(directory)) {
    throw new SproutError('BACKUP_EXISTS', `${directory} is there already`, {
      hint: 'name a folder that does not exist',
    });
  }
  const address = primaryAddress(config);
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    await dumpDatabases(config, { user: 'market', address }, join(partial, dumpName), {
      position: false,
    });
    const ledgers = await copyLedgers(config, partial);
    const manifest = await writeManifest(partial, [dumpName, ...ledgers], now.toISOString());
    await rename(partial, directory);
    return { directory, manifest };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** A name for a backup made now, in order of time when sorted. */
export function backupName(now: Date): string {
  return now.toISOString().slice(0, 23).replaceAll(/[:.]/g, '-');
}

/** `host:port` of the server that takes writes. */
export function primaryAddress(config: SproutConfig): string {
  const name = config.market.data === 'cluster' ? 'mysql-primary' : 'mariadb';
  const address = addressOf(config, listener(name, 'mysql'));
  if (address !== undefined) return address;
  throw new SproutError('DATABASE_AWAY', 'the database does not run', {
    hint: './sprout up --detach',
  });
}

/** SQLite copies what was committed, also beside a service that writes. */
async function copyLedgers(config: SproutConfig, into: string): Promise<string[]> {
  const from = ledgerDirectory(config);
  const names = existsSync(from)
    ? (await readdir(from)).filter((name) => name.endsWith('.sqlite'))
    : [];
  for (const name of names) {
    const db = new DatabaseSync(join(from, name), { readOnly: true });
    db.prepare('VACUUM INTO ?').run(join(into, name));
    db.close();
  }
  return names;
}
