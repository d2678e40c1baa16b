import { z } from 'zod';
import { textSchema } from '../language/text.ts';
import type { RecordKind } from '../records/record-store.ts';

/** What the replica that writes tells the others of its readings. */
export type MeterReport = z.infer<typeof reportSchema>;

const reportSchema = z.object({
  /** Unix milliseconds of the last reading that succeeded. */
  lastReadMs: z.number().nullable(),
  /** Why the last reading failed; null when it did not. Earlier versions knew English only. */
  error: z
    .preprocess((said) => (typeof said === 'string' ? { en: said, ko: said } : said), textSchema)
    .nullable(),
  emptySelectors: z.array(z.string()),
  services: z.array(
    z.tuple([z.string(), z.object({ scrapedMs: z.number(), upMs: z.number().nullable() })]),
  ),
  quarantined: z.number(),
  backfill: z
    .object({ fromMs: z.number(), atMs: z.number(), untilMs: z.number() })
    .nullable()
    .default(null),
});

/** The one report there is. */
export const reportKind: RecordKind<MeterReport> = {
  name: 'meter-report',
  schema: reportSchema,
  recordsMax: 1,
};
