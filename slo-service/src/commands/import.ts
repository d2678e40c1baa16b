import type { Command } from '@sprout/process';
import { declarationsOf } from '@sprout/objectives/openslo';
import { readOpenSloFile, warnOfNotSaid } from './openslo-file.ts';

export const importCommand: Command = {
  name: ['slo', 'import'],
  summary: 'Promises of an OpenSLO v1 file as TypeScript, to paste into your objectives.',
  arguments: 'FILE',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the declarations and what they cannot say' },
  examples: [
    './sprout slo import promises.yaml >> objectives.ts   # exits with 4 when something is lost',
  ],
  run: async (context) => {
    const { objectives, notSaid } = readOpenSloFile(context);
    const declared = declarationsOf(objectives);
    const lost = [...notSaid, ...declared.notSaid];
    if (context.values['json'] === true) {
      const ids = objectives.map(({ id }) => id);
      context.print(
        JSON.stringify({ objectives: ids, declarations: declared.text, notSaid: lost }),
      );
    } else context.print(declared.text);
    return warnOfNotSaid(context, lost);
  },
};
