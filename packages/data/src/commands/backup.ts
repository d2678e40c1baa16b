import { join, resolve } from 'node:path';
import type { Command } from '@sprout/process';
import { backUp, backupName, backupsDirectory } from '../backup/backup.ts';
import { backupLine } from './backup-line.ts';

export const backupCommand: Command = {
  name: ['data', 'backup'],
  summary:
    "Write the market's databases and the SLO service's ledger into a folder, while they run.",
  options: { to: { type: 'string' }, json: { type: 'boolean', default: false } },
  optionHelp: {
    to: 'folder to make; below .sprout/backups by default',
    json: 'print what the backup holds as JSON',
  },
  examples: [
    './sprout data backup',
    './sprout data backup --to /srv/backups/market-1   # the folder must not exist',
    './sprout data backup --json',
  ],
  run: async ({ values, config, print }) => {
    const now = new Date();
    const { to } = values;
    const directory =
      typeof to === 'string' ? resolve(to) : join(backupsDirectory(config()), backupName(now));
    const backup = await backUp(config(), directory, now);
    print(values['json'] === true ? JSON.stringify(backup) : backupLine(backup));
    return 0;
  },
};
