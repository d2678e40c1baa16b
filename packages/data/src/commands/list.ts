import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command, SproutConfig } from '@sprout/process';
import { backupsDirectory } from '../backup/backup.ts';
import type { Backup } from '../backup/backup.ts';
import { readManifest } from '../backup/manifest.ts';
import { backupLine } from './backup-line.ts';

export const listCommand: Command = {
  name: ['data', 'list'],
  summary: 'List the backups that are whole, newest first.',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the list as JSON' },
  examples: ['./sprout data list', './sprout data list --json'],
  run: async ({ values, config, print, warn }) => {
    const { whole, broken } = await backupsOf(config());
    for (const name of broken) warn(`${name} is not whole and is passed over`);
    if (values['json'] === true) print(JSON.stringify(whole));
    else whole.map(backupLine).forEach(print);
    return 0;
  },
};

async function backupsOf(config: SproutConfig) {
  const directory = backupsDirectory(config);
  const names = existsSync(directory) ? await readdir(directory) : [];
  const whole: Backup[] = [];
  const broken: string[] = [];
  for (const name of names.toSorted().toReversed()) {
    const path = join(directory, name);
    try {
      whole.push({ directory: path, manifest: await readManifest(path) });
    } catch {
      // Interrupted or damaged: its name is told instead.
      broken.push(name);
    }
  }
  return { whole, broken };
}
