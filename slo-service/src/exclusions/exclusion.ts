import { isZone } from '@sprout/objectives';
import { z } from 'zod';
import { listOf } from '../api/paging.ts';
import { sayZone, saying } from '../language/check-words.ts';

/** Days of the week as rules name them, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Kept in UTC, so that instants sort as text. */
const instant = z.iso
  .datetime({ offset: true })
  .overwrite((text) => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()));

const once = z
  .object({ kind: z.literal('once'), from: instant, to: instant })
  .refine(({ from, to }) => from < to, {
    ...saying('from must lie before to', 'from은 to보다 앞서야 합니다'),
    path: ['to'],
  });

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

const weekly = z.object({
  kind: z.literal('weekly'),
  days: z.array(z.enum(weekdays)).min(1).max(weekdays.length),
  /** When it begins by the wall clock of the zone. */
  at: z
    .string()
    .refine(
      (text) => timeOfDay.test(text),
      saying('write a time of day, for example 02:30', '시각을 쓰세요. 예: 02:30'),
    )
    .meta({ pattern: timeOfDay.source }),
  /** How long it lasts; real minutes, also when clocks change. */
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60),
  zone: z.string().refine(isZone, sayZone),
  /** The rule holds from here on, up to `to` when that is given. */
  from: instant,
  to: instant.nullable().default(null),
});

/** Bound to the incident of an objective that goes on at an instant. */
const incident = z.object({
  kind: z.literal('incident'),
  objective: z.string(),
  /** An instant within the incident, for example its `from`. */
  at: instant,
});

/** The same with the incident's bounds as the ledger knows them; they are kept in step. */
const boundIncident = incident.extend({
  from: instant,
  /** End of the last bad minute so far. */
  to: instant,
  /** True while the incident may still grow. */
  ongoing: z.boolean(),
});

/** Time that is left out of budgets, as it is asked for. */
export const exclusionInputSchema = z.object({
  /** Ids; null leaves the time out of every objective's budget. */
  objectives: z.array(z.string()).min(1).max(100).nullable().default(null),
  when: z.discriminatedUnion('kind', [once, weekly, incident]),
  /** Why; audits and reports show it. */
  reason: z.string().trim().min(3).max(500),
  /** Who asked for it. */
  by: z.string().trim().min(1).max(100),
});

/** Time that is left out of budgets, and who did that when. Nothing is ever deleted. */
export const exclusionSchema = exclusionInputSchema.extend({
  id: z.string(),
  when: z.discriminatedUnion('kind', [once, weekly, boundIncident]),
  createdAt: z.iso.datetime(),
  /** Null while it is in force. */
  revoked: z
    .object({ at: z.iso.datetime(), by: z.string(), reason: z.string() })
    .nullable()
    .default(null),
});

export const exclusionListSchema = listOf(exclusionSchema);

export type ExclusionInput = z.output<typeof exclusionInputSchema>;
/** An exclusion whose time is known, before it is recorded. */
export type BoundExclusion = Omit<ExclusionInput, 'when'> & Pick<Exclusion, 'when'>;
export type Exclusion = z.output<typeof exclusionSchema>;
export type ExclusionList = z.output<typeof exclusionListSchema>;
