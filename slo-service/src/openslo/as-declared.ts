import type { Objective } from '@sprout/objectives';
import type { SproutConfig } from '@sprout/process';

/** A compiled objective as it was declared: a field is given or absent, never undefined. */
export function asDeclared({ sli, ...rest }: SproutConfig['objectives'][number]): Objective {
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
