import { z } from 'zod';

/** How the SLO service answers over HTTP. */
export const apiSchema = z.object({
  /** Requests of one identity, or of one address where nobody is asked. */
  requestsPerMinute: z.number().int().positive().default(12_000),
  /** Shows the status page and badges to everybody; otherwise to viewers. */
  publicStatus: z.boolean().default(false),
});
