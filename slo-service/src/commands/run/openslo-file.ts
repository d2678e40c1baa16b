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
  const { file, text } = openSloFile(context);
  const read = importOpenSlo(text);
  if (read.problems.length === 0) return read;
  throw new SproutError('OPENSLO_INVALID', problemLines(file, read).join('\n'), {
    hint: 'correct each; the specification is at https://github.com/OpenSLO/OpenSLO',
  });
}

/** The file that a command was given. Throws SproutError `USAGE`, `OPENSLO_UNREADABLE`. */
export function openSloFile({ positionals }: CommandContext) {
  const [file] = positionals;
  if (file === undefined) throw usageError('which file? FILE is missing', hint);
  return { file, text: textOfFile(file) };
}

/** Problems as `file:line: path: text`. */
export const problemLines = (
  file: string,
  { problems }: Pick<OpenSloImport, 'problems'>,
): string[] =>
  problems.map(
    ({ line, path, message }) => `${file}:${line}: ${path === '' ? '' : `${path}: `}${message}`,
  );

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

/** The text of a file. Throws SproutError `OPENSLO_UNREADABLE`. */
export function textOfFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SproutError('OPENSLO_UNREADABLE', `${file} could not be read`, {
      hint: 'check its path',
      cause,
    });
  }
}
