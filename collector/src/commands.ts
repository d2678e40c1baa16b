import type { Command } from '@sprout/process';
import { logsCommand } from './commands/logs.ts';
import { runCommand } from './commands/run.ts';
import { traceShowCommand } from './commands/trace-show.ts';

/** What the collector adds to the command line. */
export const collectorCommands: Command[] = [runCommand, traceShowCommand, logsCommand];
