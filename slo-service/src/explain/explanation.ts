import { z } from 'zod';
import { countCauses } from './recount.ts';

/** Why the ledger and PromQL say different things. */
export const explainCauses = [...countCauses, 'late', 'sums', 'excluded'] as const;

const figuresSchema = z.object({
  valid: z.number(),
  bad: z.number(),
  compliance: z.number().nullable(),
});

/** The ledger beside PromQL over the same window, and what lies between them. */
export const explanationSchema = z.object({
  id: z.string(),
  /** The group that was asked for; null for the whole. */
  group: z.string().nullable(),
  /** True when the promise judges slices of time: these are the events that its slices judge. */
  ofSlices: z.boolean(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** The part that the ledger has as sums of many series; absent when every sample was judged. */
  approximate: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
  /** What the promise is judged by: without excluded minutes. */
  ledger: figuresSchema,
  /** `increase()` over the window, summed. */
  promql: figuresSchema,
  queries: z.array(z.string()),
  /** ledger − promql; the causes add up to it. */
  difference: z.object({ valid: z.number(), bad: z.number() }),
  /** The largest first; those without events are left out. */
  causes: z.array(
    z.object({
      cause: z.enum(explainCauses),
      valid: z.number(),
      bad: z.number(),
      text: z.string(),
    }),
  ),
  /** Changes of the promise within the window: they change the budget, not the events. */
  changes: z.array(
    z.object({
      at: z.iso.datetime(),
      target: z.number(),
      /** Events from then on, to the next change or the end of the window. */
      valid: z.number(),
      bad: z.number(),
    }),
  ),
  /** In one sentence. */
  summary: z.string(),
});
export type Explanation = z.output<typeof explanationSchema>;
export type ExplainCause = (typeof explainCauses)[number];
