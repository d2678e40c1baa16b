import { readFileSync } from 'node:fs';
import { SproutError } from '@sprout/process';
import type { CommandContext } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { importOpenSlo } from '@sprout/objectives/openslo';
import type { NotImported, NotSaid, OpenSloImport } from '@sprout/objectives/openslo';

/**
 * Reads the OpenSLO file that a command was given.
 * Throws SproutError `USAGE`, `OPENSLO_UNREADABLE`, or `OPENSLO_INVALID` with every problem.
 */
export function readOpenSloFile(context: CommandContext): OpenSloImport {
  const read = lookIntoOpenSloFile(context);
  if (read.findings.length === 0) return read;
  throw new SproutError('OPENSLO_INVALID', read.findings.join('\n'), {
    hint: 'correct each; the specification is at https://github.com/OpenSLO/OpenSLO',
  });
}

/** The same with its problems as `file:line: text`. Throws SproutError `USAGE`, `OPENSLO_UNREADABLE`. */
export function lookIntoOpenSloFile({
  positionals,
}: CommandContext): OpenSloImport & { readonly findings: readonly string[] } {
  const [file] = positionals;
  if (file === undefined) throw usageError('which file? FILE is missing', hint);
  const read = importOpenSlo(textOf(file));
  const findings = read.problems.map(
    ({ line, path, message }) => `${file}:${line}: ${path === '' ? '' : `${path}: `}${message}`,
  );
  return { ...read, findings };
}

/** Line and column at which the name of each objective of a file stands; 1:1 when it is not found. */
export function linesOfObjectives(file: string): (objective: string) => string {
  const lines = textOf(file).split('\n');
  return (objective) => {
    const name = new RegExp(`^\\s*name:\\s*['"]?${objective}['"]?\\s*$`);
    // The SLO follows the SLI of the same name.
    const line = lines.findLastIndex((text) => name.test(text));
    if (line < 0) return '1:1';
    return `${line + 1}:${(lines[line]?.search(/\S/) ?? 0) + 1}`;
  };
}

/** Warns of what one side cannot say; the exit code is 4, partial, when there is something. */
export function warnOfNotSaid(
  { warn }: CommandContext,
  notSaid: readonly (NotSaid | NotImported)[],
): 0 | 4 {
  for (const each of notSaid) {
    const place = 'line' in each ? `line ${each.line}, ` : '';
    warn(`not said: ${place}${each.objective}: ${each.what}`);
  }
  return notSaid.length === 0 ? 0 : 4;
}

const hint = './sprout slo validate --help shows examples';

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SproutError('OPENSLO_UNREADABLE', `${file} could not be read`, {
      hint: 'check its path',
      cause,
    });
  }
}
