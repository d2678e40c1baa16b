export { runCli } from './run-cli.ts';
export type { Cli } from './run-cli.ts';
export type { CommandGroup } from './command-group.ts';
export { exitCodes } from './failure.ts';
export { usageError } from './usage-error.ts';
