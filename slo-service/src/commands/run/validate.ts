import type { CommandContext } from '@sprout/process';
import { exitCodes } from '@sprout/process/cli';
import { readDocuments } from '../../openslo/read-documents.ts';
import { openSloFile, problemLines, warnOfNotSaid } from './openslo-file.ts';

/** `sprout slo validate`: promises of the file may stand for those with their ids. */
export async function run(context: CommandContext): Promise<number> {
  const { file, text } = openSloFile(context);
  const read = readDocuments(context.config(), text, 'namesakes');
  const { objectives, notSaid } = read;
  const problems = problemLines(file, read);
  const ids = objectives.map(({ id }) => id);
  if (context.values['json'] === true) {
    context.print(
      JSON.stringify({ valid: problems.length === 0, problems, notSaid, objectives: ids }),
    );
  } else if (problems.length === 0) {
    context.print(`right; promises: ${ids.length}, not said: ${notSaid.length}`);
  } else problems.forEach(context.print);
  warnOfNotSaid(context, notSaid);
  return problems.length === 0 ? exitCodes.ok : exitCodes.lintFindings;
}
