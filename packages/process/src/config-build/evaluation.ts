import { z } from 'zod';
import { configSchema } from '../config-schema.ts';

/** What a command line says instead of the file. */
export const insteadSchema = z.object({
  data: z.enum(['single', 'cluster']).optional(),
  /** Whether the promises that were imported into the data directory count too. */
  imported: z.boolean().default(true),
});

export type Instead = z.input<typeof insteadSchema>;

/** What the evaluating process answers: the configuration, or why there is none. */
export const evaluationSchema = z.union([
  z.object({ config: configSchema }),
  z.object({
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
  }),
]);

export type Evaluation = z.infer<typeof evaluationSchema>;
