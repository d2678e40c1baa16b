import type { SproutConfig } from '../config-schema.ts';
import type { CommandGroup } from './command-group.ts';
import { exitCodeOf, exitCodes, failureText } from './failure.ts';
import { commandHelp, nounHelp, overviewHelp } from './help.ts';
import type { Overview } from './help.ts';
import { parseLine } from './parse-line.ts';
import type { ParsedLine } from './parse-line.ts';
import { selectCommand } from './select-command.ts';

export interface Cli {
  readonly overview: Overview;
  readonly version: string;
  readonly groups: readonly CommandGroup[];
  /** Makes the compiled configuration of `--config FILE` and resolves to its path. */
  compiledConfig(file: string): Promise<string>;
  /** What a configuration declares: that of `--config FILE`, or the one that is checked in. */
  declaredConfig(file: string | undefined): Promise<SproutConfig>;
  print(line: string): void;
  warn(line: string): void;
}

/** Runs one command line and resolves to the exit code; errors are told, never thrown. */
export async function runCli(line: readonly string[], cli: Cli): Promise<number> {
  try {
    return await dispatch(line, cli);
  } catch (error) {
    cli.warn(failureText(error, line.includes('--json')));
    return exitCodeOf(error);
  }
}

async function dispatch(line: readonly string[], cli: Cli): Promise<number> {
  const first = line[0];
  if (first === '--version') return answer(cli, cli.version);
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    cli.print(overviewHelp(cli.overview, cli.groups));
    return first === undefined ? exitCodes.usage : exitCodes.ok;
  }
  const selection = await selectCommand(line, cli.groups);
  if (!('command' in selection)) {
    cli.print(nounHelp(selection.noun, selection.commands));
    return line.includes('--help') || line.includes('-h') ? exitCodes.ok : exitCodes.usage;
  }
  const { command, rest } = selection;
  const parsed = parseLine(command, rest);
  if (parsed.values['help'] === true) return answer(cli, commandHelp(command));
  if (command.options?.['config'] === undefined) await useConfig(parsed, cli);
  // Loaded late: the schema of the configuration is most of what this program has to load.
  const { configPath, loadConfig } = await import('../config.ts');
  return command.run({
    ...parsed,
    config: () => loadConfig(configPath()),
    declared: () => cli.declaredConfig(namedConfig(parsed)),
    print: (text) => cli.print(text),
    warn: (text) => cli.warn(text),
  });
}

function answer(cli: Cli, text: string): number {
  cli.print(text);
  return exitCodes.ok;
}

/** Everything below reads its configuration from where this variable points. */
async function useConfig(line: ParsedLine, cli: Cli): Promise<void> {
  const file = namedConfig(line);
  if (file === undefined) return;
  process.env['SPROUT_CONFIG'] = await cli.compiledConfig(file);
}

const namedConfig = ({ values: { config } }: ParsedLine): string | undefined =>
  typeof config === 'string' ? config : undefined;
