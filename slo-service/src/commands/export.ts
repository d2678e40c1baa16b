import type { Objective } from '@sprout/objectives';
import { SproutError } from '@sprout/process';
import type { Command, SproutConfig } from '@sprout/process';
import { exportOpenSlo } from '@sprout/objectives/openslo';
import { warnOfNotSaid } from './openslo-file.ts';

export const exportCommand: Command = {
  name: ['slo', 'export'],
  summary: 'Promises as OpenSLO v1, for other tools.',
  arguments: '[ID…]',
  examples: [
    './sprout slo export > promises.yaml                 # all; exits with 4 when something is lost',
    './sprout slo export order-availability order-latency',
  ],
  run: async (context) => {
    const objectives = context.config().objectives.map(withoutGaps);
    const unknown = context.positionals.find((id) => !objectives.some((each) => each.id === id));
    if (unknown !== undefined) {
      throw new SproutError('OBJECTIVE_UNKNOWN', `there is no objective "${unknown}"`, {
        hint: './sprout slo list shows them',
      });
    }
    const isAsked = (id: string) =>
      context.positionals.length === 0 || context.positionals.includes(id);
    const { documents, notSaid } = exportOpenSlo(objectives.filter(({ id }) => isAsked(id)));
    context.print(documents.trimEnd());
    return warnOfNotSaid(context, notSaid);
  },
};

/** A compiled objective as it was declared: a field is given or absent, never undefined. */
function withoutGaps({ sli, ...rest }: SproutConfig['objectives'][number]): Objective {
  const { good, bad, thresholdSeconds, up, slice, composite, kind, valid } = sli;
  return {
    ...rest,
    sli: {
      kind,
      valid,
      ...(good && { good }),
      ...(bad && { bad }),
      ...(thresholdSeconds !== undefined && { thresholdSeconds }),
      ...(up && { up }),
      ...(slice && { slice }),
      ...(composite && { composite }),
    },
  };
}
