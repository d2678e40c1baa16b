import type { CommandContext } from '@sprout/process';
import { declarationsOf } from '@sprout/objectives/openslo';
import { readOpenSloFile, warnOfNotSaid } from './openslo-file.ts';

/** `sprout slo import`. */
export async function run(context: CommandContext): Promise<number> {
  const { objectives, notSaid } = readOpenSloFile(context);
  const declared = declarationsOf(objectives);
  const lost = [...notSaid, ...declared.notSaid];
  if (context.values['json'] === true) {
    const ids = objectives.map(({ id }) => id);
    context.print(JSON.stringify({ objectives: ids, declarations: declared.text, notSaid: lost }));
  } else context.print(declared.text);
  return warnOfNotSaid(context, lost);
}
