import type { ParseArgsOptionsConfig } from 'node:util';
import type { SproutConfig } from './config-schema.ts';

/** What a command gets. Results go to `print`, diagnostics to `warn`. */
export interface CommandContext {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
  /** The compiled configuration, of what runs; loaded when first asked for. */
  config(): SproutConfig;
  /**
   * What sprout.config.ts (or `--config`) declares, read anew: for files that are committed, and so
   * must not depend on what was started last.
   */
  declared(): Promise<SproutConfig>;
  print(line: string): void;
  warn(line: string): void;
}

/** One `sprout <noun> [verb]`; each app exports its table, cli.ts composes them. */
export interface Command {
  /** For example `['fault', 'start']` or `['load']`. */
  readonly name: readonly string[];
  readonly summary: string;
  /** Positional arguments as shown in help, for example `NAME`. */
  readonly arguments?: string;
  readonly options?: ParseArgsOptionsConfig;
  /** What each option means, by its name. */
  readonly optionHelp?: Readonly<Record<string, string>>;
  /** Each a command line with a comment; one shows `--json`, unless `noJson` says why not. */
  readonly examples: readonly string[];
  /** Why it has no answer in JSON; `--json` is a usage error then. */
  readonly noJson?: string;
  /** Resolves to the exit code: 0 ok, 1 failure, 2 usage, 3 lint findings, 4 partial. */
  run(context: CommandContext): Promise<number>;
}
