import { z } from 'zod';

/** One stretch of failure, as the ledger saw it. */
export const incidentSchema = z.object({
  from: z.iso.datetime(),
  /** End of the last bad minute; null while it goes on, or while nobody sees that it does not. */
  to: z.iso.datetime().nullable(),
  /** Ledger minutes from the first to the last bad one; gaps count, excluded minutes do not. */
  minutes: z.number(),
  bad: z.number(),
  valid: z.number(),
  /** Highest error ratio of a minute. */
  worstRatio: z.number(),
  /** Page or ticket that detected it; null when none did. */
  page: z.string().nullable(),
  /** From the begin of the incident to the begin of the page. */
  secondsToDetect: z.number().nullable(),
  /** True when it never happened; absent when it was measured. */
  simulated: z.literal(true).optional(),
  /** True when its events were read as sums of many series. */
  approximate: z.literal(true).optional(),
  /**
   * True while its time is known by the hour only: each bad minute stands for an hour. Absent once
   * the past has been read.
   */
  coarse: z.literal(true).optional(),
});

/** Figures of a period; times are seconds of the clock, null when nothing failed. */
export const reliabilitySchema = z.object({
  incidents: z.number(),
  detected: z.number(),
  /** Minutes that were measured and not excluded: up or down is known of no others. */
  observedSeconds: z.number(),
  downSeconds: z.number(),
  mttdSeconds: z.number().nullable(),
  mttrSeconds: z.number().nullable(),
  mttfSeconds: z.number().nullable(),
  mtbfSeconds: z.number().nullable(),
  /** 1 − down ÷ observed = MTTF ÷ MTBF; null without observation. */
  timeAvailability: z.number().nullable(),
  /** good ÷ valid of the observed minutes. */
  eventAvailability: z.number().nullable(),
});

/** The incidents of an objective with the rule that found them. */
export const incidentListSchema = z.object({
  id: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  rule: z.object({
    factor: z.number(),
    /** A minute is bad from this error ratio on, by the promise in force at the end. */
    badRatioMin: z.number(),
    gapMinutes: z.number(),
  }),
  figures: reliabilitySchema,
  items: z.array(incidentSchema),
  /** Cursor of what follows; figures are those of the whole range. */
  next: z.string().nullable().optional(),
});

export type Incident = z.infer<typeof incidentSchema>;
export type Reliability = z.infer<typeof reliabilitySchema>;
export type IncidentList = z.infer<typeof incidentListSchema>;
