import { z } from 'zod';

/** What OpenSLO, or Sprout, has no words for. */
export const notSaidSchema = z.object({
  line: z.number().optional(),
  objective: z.string(),
  what: z.string(),
});

/** What a file of OpenSLO documents says, and what is wrong or cannot be said. */
export const openSloReadingSchema = z.object({
  valid: z.boolean(),
  problems: z.array(z.object({ line: z.number(), path: z.string(), message: z.string() })),
  notSaid: z.array(notSaidSchema),
  objectives: z.array(z.string()),
  /** The same as TypeScript. */
  declarations: z.string(),
});
