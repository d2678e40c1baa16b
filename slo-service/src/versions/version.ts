import { windowSchema } from '@sprout/objectives';
import { z } from 'zod';

/** Terms of a promise, since when they hold, and who said so when. */
export const versionSchema = z.object({
  /** When they came into force; null when nothing earlier is known. */
  from: z.iso.datetime().nullable(),
  /** When the next ones did; null for the last. */
  until: z.iso.datetime().nullable(),
  target: z.number(),
  /** For example `30d` or `month@Asia/Seoul`. */
  window: z.string(),
  /** Fraction of good events that makes a slice good; time slices only. */
  goodRatioMin: z.number().nullable(),
  /** Latency only; past events stay judged by the threshold they were counted with. */
  thresholdSeconds: z.number().nullable(),
  /** When the service learned of it. */
  recordedAt: z.iso.datetime(),
  /** `declared` in the objective's `before`, or a changed `configuration` that was noticed. */
  by: z.enum(['declared', 'configuration']),
});

/** Every version of a promise, as it was known at an instant. */
export const versionListSchema = z.object({
  id: z.string(),
  /** What was recorded after this instant is left out; null: all that is known. */
  knownAt: z.iso.datetime().nullable(),
  /** Oldest first. */
  items: z.array(versionSchema),
  next: z.string().nullable(),
});

/** What the history of a promise was known to be, from one recording to the next. */
export const historyRecordSchema = z.object({
  objective: z.string(),
  recordedAt: z.iso.datetime(),
  versions: z
    .array(versionSchema.omit({ until: true, window: true }).extend({ window: windowSchema }))
    .min(1),
});

export type Version = z.infer<typeof versionSchema>;
export type VersionList = z.infer<typeof versionListSchema>;
/** The same whole. */
export type AllVersions = Omit<VersionList, 'next'>;
export type HistoryRecord = z.infer<typeof historyRecordSchema>;
export type RecordedVersion = HistoryRecord['versions'][number];
