import { styleText } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Command } from '../command.ts';
import type { CommandGroup } from './command-group.ts';
import { commonOptionHelp, commonOptions } from './parse-line.ts';

/** What `sprout --help` shows besides the nouns. */
export interface Overview {
  readonly summary: string;
  readonly examples: readonly string[];
}

/** All nouns, in the order of their groups. */
export function overviewHelp(overview: Overview, groups: readonly CommandGroup[]): string {
  const nouns = groups.flatMap((group) => Object.entries(group.nouns));
  return [
    overview.summary,
    '',
    `${heading('Usage')}  ./sprout <noun> [verb] [options]`,
    '',
    heading('Commands'),
    ...table(nouns),
    '',
    heading('Examples'),
    ...indented(overview.examples),
    '',
    './sprout <noun> [verb] --help explains one command.',
  ].join('\n');
}

/** The verbs of one noun. */
export function nounHelp(noun: string, commands: readonly Command[]): string {
  return [
    `${heading('Usage')}  ./sprout ${noun} <verb> [options]`,
    '',
    heading('Commands'),
    ...table(commands.map((command) => [nameAndArguments(command), command.summary])),
    '',
    heading('Examples'),
    ...indented(commands.flatMap((command) => command.examples.slice(0, 1))),
  ].join('\n');
}

/** One command: what it does, examples, options. */
export function commandHelp(command: Command): string {
  const options: ParseArgsOptionsConfig = { ...command.options, ...commonOptions };
  const meanings: Readonly<Record<string, string>> = {
    ...commonOptionHelp,
    ...command.optionHelp,
    ...(command.noJson !== undefined && { json: `none: ${command.noJson}` }),
  };
  return [
    command.summary,
    '',
    `${heading('Usage')}  ./sprout ${nameAndArguments(command)} [options]`,
    '',
    heading('Examples'),
    ...indented(command.examples),
    '',
    heading('Options'),
    ...table(
      Object.entries(options).map(([name, option]) => [
        optionName(name, option),
        meaningOf(meanings[name], option),
      ]),
    ),
  ].join('\n');
}

function nameAndArguments(command: Command): string {
  return [...command.name, command.arguments].filter((word) => word !== undefined).join(' ');
}

type Option = ParseArgsOptionsConfig[string];

function optionName(name: string, option: Option): string {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return `${short}--${name}${option.type === 'string' ? ` ${name.toUpperCase()}` : ''}`;
}

function meaningOf(meaning: string | undefined, option: Option): string {
  const isSet = option.default !== undefined && option.default !== false;
  return `${meaning ?? ''}${isSet ? ` (default ${String(option.default)})` : ''}`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd());
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function heading(text: string): string {
  return styleText('bold', text, { stream: process.stdout });
}
