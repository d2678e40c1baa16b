import { z } from 'zod';
import { annotationSchema } from '../annotations/annotation.ts';
import { budgetSchema } from '../api/schemas.ts';
import { exclusionSchema } from '../exclusions/exclusion.ts';
import { incidentSchema, reliabilitySchema } from '../incidents/incident.ts';

/** A day of the zone; counts are raw, what is excluded stands beside them. */
export const reportDaySchema = z.object({
  /** `2026-11-23`. */
  date: z.string(),
  good: z.number(),
  bad: z.number(),
  valid: z.number(),
  compliance: z.number().nullable(),
  /** By the promise in force that day, without excluded time; null without events. */
  kept: z.boolean().nullable(),
  coverage: z.number(),
  excludedMinutes: z.number(),
  /** Part of the month's allowed bad events that this day used, without excluded time; null without events. */
  spentFraction: z.number().nullable(),
  /** True when some of it never happened; absent when all of it was measured. */
  simulated: z.literal(true).optional(),
});

/** How a promise was kept in one month. The same ledger and records give the same bytes. */
export const reportSchema = z.object({
  id: z.string(),
  title: z.string(),
  owner: z.string(),
  /** What was promised when the report ends; `budget.promised` has what it was before. */
  target: z.number(),
  month: z.string(),
  zone: z.string(),
  from: z.iso.datetime(),
  /** End of the month, or of what is known of it. */
  to: z.iso.datetime(),
  /** True when the month is over and late samples can change nothing any more. */
  complete: z.boolean(),
  /** Judged by the adjusted budget; null without events. */
  kept: z.boolean().nullable(),
  budget: budgetSchema,
  figures: reliabilitySchema,
  incidents: z.array(incidentSchema),
  days: z.array(reportDaySchema),
  exclusions: z.array(exclusionSchema),
  annotations: z.array(annotationSchema),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportDay = z.infer<typeof reportDaySchema>;
