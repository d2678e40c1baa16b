import { resolve } from 'node:path';
import { createLogger } from '@sprout/process';
import type { Command } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { restore } from '../backup/restore.ts';
import { backupLine } from './backup-line.ts';

export const restoreCommand: Command = {
  name: ['data', 'restore'],
  summary: 'Put back what a backup holds, while sprout is down; what was there is backed up first.',
  arguments: 'FOLDER',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print what was restored and what was backed up as JSON' },
  examples: [
    './sprout data restore .sprout/backups/2026-11-27T12-00-00-000   # after ./sprout down; see ./sprout data list',
    './sprout data restore .sprout/backups/2026-11-27T12-00-00-000 --json',
  ],
  run: async ({ values, positionals, config, print, warn }) => {
    const [folder] = positionals;
    if (folder === undefined) throw usageError('which backup?', './sprout data list names them');
    const telemetry = { logger: createLogger('data') };
    const options = { telemetry, say: warn, now: new Date() };
    const { from, before } = await restore(config(), resolve(folder), options);
    if (values['json'] === true) print(JSON.stringify({ from, before }));
    else {
      print(`restored  ${backupLine(from)}`);
      print(`undo      ./sprout data restore ${before.directory}`);
    }
    return 0;
  },
};
