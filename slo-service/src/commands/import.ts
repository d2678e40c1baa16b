import type { Command } from '@sprout/process';
import { declarationsOf } from '@sprout/objectives/openslo';
import { readOpenSloFile, warnOfNotSaid } from './openslo-file.ts';

export const importCommand: Command = {
  name: ['slo', 'import'],
  summary: 'Promises of an OpenSLO v1 file as TypeScript, to paste into your objectives.',
  arguments: 'FILE',
  examples: [
    './sprout slo import promises.yaml >> objectives.ts   # exits with 4 when something is lost',
  ],
  run: async (context) => {
    const { objectives, notSaid } = readOpenSloFile(context);
    const declared = declarationsOf(objectives);
    context.print(declared.text);
    return warnOfNotSaid(context, [...notSaid, ...declared.notSaid]);
  },
};
