import { counterSelectionSchema } from '@sprout/signals';
import { z } from 'zod';

const selections = z.array(counterSelectionSchema).min(1);

/** An objective as it stands in the compiled configuration. */
export const objectiveSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  owner: z.string(),
  target: z.number().gt(0).lt(1),
  window: z.object({ kind: z.literal('rolling'), length: z.string() }),
  pages: z.boolean(),
  alerts: z.boolean(),
  pageGroup: z.string(),
  dependsOn: z.array(z.string()),
  sli: z.object({
    kind: z.enum(['availability', 'latency', 'events']),
    valid: selections,
    good: selections.optional(),
    bad: selections.optional(),
    thresholdSeconds: z.number().positive().optional(),
  }),
});
