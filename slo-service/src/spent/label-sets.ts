import { z } from 'zod';

/** The bad events of a stretch by their labels, counted from the source's samples. */
export const spentBySchema = z.object({
  id: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Bad events of the stretch in the ledger. */
  ledgerBad: z.number(),
  /** The same from the samples that the source has now: less where it has forgotten some. */
  sourceBad: z.number(),
  /** The largest first. */
  items: z.array(
    z.object({
      /** Without those that the promise fixes, and without job, instance and service. */
      labels: z.record(z.string(), z.string()),
      bad: z.number(),
    }),
  ),
  /** Label sets beyond those. */
  others: z.object({ sets: z.number(), bad: z.number() }),
  /** A request of the stretch that was bad; null when no exemplar names one. */
  exampleTraceId: z.string().nullable(),
  /** Set when there were too many series to read again; then there are no items. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
export type SpentBy = z.output<typeof spentBySchema>;
