import { periodForms } from '@sprout/objectives/period';
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
  /** Part of the period's allowed bad events that this day used, without excluded time; null without events. */
  spentFraction: z.number().nullable(),
  /** True when some of it never happened; absent when all of it was measured. */
  simulated: z.literal(true).optional(),
  /** True when some of it was read as sums of many series. */
  approximate: z.literal(true).optional(),
});

/** How a promise was kept in one period. The same ledger and records give the same bytes. */
export const reportSchema = z.object({
  id: z.string(),
  title: z.string(),
  owner: z.string(),
  /** What was promised when the report ends; `budget.promised` has what it was before. */
  target: z.number(),
  month: z.string().optional().meta({
    description: 'The month that is reported; absent from a report of anything else.',
    example: '2026-11',
  }),
  period: z
    .string()
    .optional()
    .meta({
      description: `What else is reported: ${periodForms.en}; absent from a report of a month.`,
      example: '2026-W48',
    }),
  zone: z.string(),
  from: z.iso.datetime(),
  /** End of the period, or of what is known of it. */
  to: z.iso.datetime(),
  /** True when the period is over and late samples can change nothing any more. */
  complete: z.boolean(),
  /** Judged by the adjusted budget; null without events. */
  kept: z.boolean().nullable(),
  budget: budgetSchema,
  figures: reliabilitySchema,
  incidents: z.array(incidentSchema),
  days: z.array(reportDaySchema),
  exclusions: z.array(exclusionSchema),
  annotations: z.array(annotationSchema),
  /** True when only the newest are among them; absent when all are. */
  annotationsCut: z.literal(true).optional(),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportDay = z.infer<typeof reportDaySchema>;

/** The name of what is reported: `2026-11`, `2026-W48`. */
export const nameOfPeriod = ({ month, period }: Pick<Report, 'month' | 'period'>): string =>
  month ?? period ?? '';
