import type { Command } from '@sprout/process';
import { readOpenSloFile, warnOfNotSaid } from './openslo-file.ts';

export const validateCommand: Command = {
  name: ['slo', 'validate'],
  summary: 'Check an OpenSLO v1 file: what is wrong in it, and what Sprout cannot say of it.',
  arguments: 'FILE',
  examples: ['./sprout slo validate promises.yaml   # exits with 1 when the file is wrong'],
  run: async (context) => {
    const { objectives, notSaid } = readOpenSloFile(context);
    warnOfNotSaid(context, notSaid);
    context.print(`right: ${objectives.length} promises, ${notSaid.length} things not said`);
    return 0;
  },
};
