import { counterSelectionSchema } from '@sprout/signals';
import { z } from 'zod';
import { calendarUnits } from './calendar.ts';
import { defaultGroupsMax } from './objective.ts';
import { dividesHour } from './sli.ts';
import { rolling, windowSeconds, windowSecondsMax } from './window.ts';
import { isZone } from './zone.ts';

const selections = z.array(counterSelectionSchema);
const ratio = z.number().gt(0).lte(1);

/** A window as it stands in the compiled configuration. */
export const windowSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rolling'),
    length: z.string().refine(isLength, 'write a duration from 1h to 366d, for example 30d'),
  }),
  z.object({
    kind: z.literal('calendar'),
    unit: z.enum(calendarUnits),
    zone: z.string().refine(isZone, 'write an IANA time zone, for example Asia/Seoul'),
  }),
]);

const target = z.number().gt(0).lt(1);

const sliSchema = z
  .object({
    kind: z.enum(['availability', 'latency', 'events', 'time-slice', 'composite']),
    valid: selections,
    good: selections.min(1).optional(),
    bad: selections.min(1).optional(),
    thresholdSeconds: z.number().positive().optional(),
    up: z.array(z.string()).min(1).optional(),
    slice: z
      .object({
        goodRatioMin: ratio,
        minutes: z.number().refine(dividesHour, 'slices divide an hour: 1, 5, 10 … 60 minutes'),
        noTraffic: z.enum(['skip', 'good', 'bad']),
      })
      .optional(),
    composite: z
      .object({
        rule: z.enum(['all', 'any']),
        of: z.array(z.string()).min(1, 'a composite needs members'),
        unmeasured: z.enum(['unknown', 'ignore', 'bad']),
      })
      .optional(),
  })
  .superRefine((sli, context) => {
    for (const message of contradictionsIn(sli)) context.addIssue({ code: 'custom', message });
  });

/** Labels that an objective can be grouped by. */
const groupLabelsMax = 5;
/** The most groups that an objective may ask for. */
const groupsMaxMax = 1000;

/** An objective as it stands in the compiled configuration. */
export const objectiveSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  titleKo: z.string().optional(),
  name: z.string().optional(),
  nameKo: z.string().optional(),
  owner: z.string(),
  target,
  window: windowSchema,
  pages: z.boolean(),
  alerts: z.boolean(),
  pageGroup: z.string(),
  dependsOn: z.array(z.string()),
  groupBy: z.array(z.string()).max(groupLabelsMax).default([]),
  groupsMax: z.number().int().min(1).max(groupsMaxMax).default(defaultGroupsMax),
  before: z
    .array(
      z.object({
        until: z.iso.datetime({
          offset: true,
          error: 'write an instant with its offset, for example 2026-11-01T00:00:00+09:00',
        }),
        target: target.optional(),
        window: windowSchema.optional(),
        goodRatioMin: ratio.optional(),
        withinMs: z.number().positive().optional(),
      }),
    )
    .refine(isInOrder, 'name former promises in the order of time, each until later than the last')
    .default([]),
  sli: sliSchema,
});

function isLength(length: string): boolean {
  try {
    const seconds = windowSeconds(rolling(length));
    return seconds >= 3600 && seconds <= windowSecondsMax;
  } catch {
    // The schema's message says how lengths are written.
    return false;
  }
}

interface SliParts {
  readonly kind: string;
  readonly valid: readonly unknown[];
  readonly up?: unknown;
  readonly slice?: unknown;
  readonly composite?: unknown;
}

/** Parts that do not go together. */
function contradictionsIn({ kind, valid, up, slice, composite }: SliParts): string[] {
  const isSlice = kind === 'time-slice';
  return [
    ...((slice !== undefined) === isSlice ? [] : ['only a time slice says when a slice is good']),
    ...((composite !== undefined) === (kind === 'composite')
      ? []
      : ['only a composite has members']),
    ...(up === undefined || isSlice ? [] : ['scrapes are judged by time slices: timeSlice(up(…))']),
    ...(valid.length > 0 || up !== undefined || kind === 'composite' ? [] : ['nothing is counted']),
  ];
}

function isInOrder(former: readonly { readonly until: string }[]): boolean {
  return former.every(
    ({ until }, index) =>
      index === 0 || Date.parse(until) > Date.parse(former[index - 1]?.until ?? ''),
  );
}
