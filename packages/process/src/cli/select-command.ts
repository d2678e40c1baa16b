import type { Command } from '../command.ts';
import type { CommandGroup } from './command-group.ts';
import { suggest } from './suggest.ts';
import { usageError } from './usage-error.ts';

/** What a command line asks for: one command, or a noun whose verbs are to be listed. */
export type Selection =
  | { readonly command: Command; readonly rest: readonly string[] }
  | { readonly noun: string; readonly commands: readonly Command[] };

/**
 * Finds the command whose name starts the command line; the longest name wins.
 * Throws SproutError `USAGE` with what was probably meant.
 */
export async function selectCommand(
  line: readonly string[],
  groups: readonly CommandGroup[],
): Promise<Selection> {
  const noun = line[0] ?? '';
  const group = groups.find((candidate) => Object.hasOwn(candidate.nouns, noun));
  if (group === undefined) throw unknownNoun(noun, groups);
  const commands = (await group.load()).filter((command) => command.name[0] === noun);
  const command = commands
    .filter(({ name }) => name.every((word, index) => line[index] === word))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  if (command !== undefined) return { command, rest: line.slice(command.name.length) };
  const verb = line[1];
  if (verb === undefined || verb.startsWith('-')) return { noun, commands };
  throw unknownVerb(noun, verb, commands);
}

function unknownNoun(noun: string, groups: readonly CommandGroup[]) {
  const near = suggest(
    noun,
    groups.flatMap((group) => Object.keys(group.nouns)),
  );
  return usageError(
    `there is no command "${noun}"`,
    near === undefined ? './sprout --help lists the commands' : `did you mean ./sprout ${near}?`,
  );
}

function unknownVerb(noun: string, verb: string, commands: readonly Command[]) {
  const near = suggest(
    verb,
    commands.map((command) => command.name[1] ?? ''),
  );
  return usageError(
    `there is no command "${noun} ${verb}"`,
    near === undefined
      ? `./sprout ${noun} --help lists what there is`
      : `did you mean ./sprout ${noun} ${near}?`,
  );
}
