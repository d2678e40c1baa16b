import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Command, CommandContext } from '../command.ts';
import { suggest } from './suggest.ts';
import { usageError } from './usage-error.ts';

/** Options that every command understands. */
export const commonOptions = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  config: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export const commonOptionHelp: Readonly<Record<string, string>> = {
  help: 'show this help',
  json: 'answer in JSON',
  config: 'configuration to use: a sprout.config.ts or a compiled config.json',
};

export type ParsedLine = Pick<CommandContext, 'values' | 'positionals'>;

/** Parses what follows a command's name. Throws SproutError `USAGE`. */
export function parseLine(command: Command, rest: readonly string[]): ParsedLine {
  const name = command.name.join(' ');
  const options: ParseArgsOptionsConfig = { ...commonOptions, ...command.options };
  const hint = `./sprout ${name} --help shows what it takes`;
  const parsed = parse(rest, options, hint);
  if (parsed.values['help'] === true) return parsed;
  if (command.noJson !== undefined && parsed.values['json'] === true) {
    throw usageError(`${name} has no answer in JSON`, command.noJson);
  }
  checkArguments(command, parsed.positionals, hint);
  return parsed;
}

function parse(rest: readonly string[], options: ParseArgsOptionsConfig, hint: string): ParsedLine {
  try {
    return parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const unknown = /^Unknown option '(-+)([\w-]+)'/.exec(error.message);
    if (unknown === null) throw usageError(error.message, hint);
    const near = suggest(unknown[2] ?? '', Object.keys(options));
    throw usageError(
      `there is no option ${unknown[1]}${unknown[2]}`,
      near === undefined ? hint : `did you mean --${near}? ${hint}`,
    );
  }
}

/** `NAME` must be given, `[NAME]` may be, `NAME…` and `[NAME…]` more than once. */
function checkArguments(command: Command, given: readonly string[], hint: string): void {
  const expected = command.arguments?.split(' ') ?? [];
  const required = expected.filter((argument) => !argument.startsWith('['));
  const missing = required[given.length];
  if (missing !== undefined) throw usageError(`${missing} is missing`, hint);
  const many = expected.some((argument) => /…|\.\.\./.test(argument));
  const surplus = many ? undefined : given[expected.length];
  if (surplus !== undefined) throw usageError(`"${surplus}" is one argument too many`, hint);
}
