import type { Command } from '@sprout/process';
import { backupCommand } from './backup.ts';
import { listCommand } from './list.ts';
import { restoreCommand } from './restore.ts';

/** `sprout data …`. */
export const dataCommands: Command[] = [backupCommand, listCommand, restoreCommand];
