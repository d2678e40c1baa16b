import { counterSelectionSchema } from '@sprout/signals';
import { z } from 'zod';
import { calendarUnits } from './calendar.ts';
import { defaultGroupsMax } from './objective.ts';
import { objectiveSchemaWords as words } from './schema-words.ts';
import { dividesHour } from './sli.ts';
import { rolling, windowSeconds, windowSecondsMax } from './window.ts';
import { isZone } from './zone.ts';

const selections = z.array(counterSelectionSchema);
const ratio = z.number().gt(0).lte(1);

/** A window as it stands in the compiled configuration. */
export const windowSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rolling'),
    length: z.string().refine(isLength, words.WINDOW_LENGTH.en),
  }),
  z.object({
    kind: z.literal('calendar'),
    unit: z.enum(calendarUnits),
    zone: z.string().refine(isZone, words.ZONE_UNKNOWN.en),
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
        minutes: z.number().refine(dividesHour, words.SLICE_LENGTH.en),
        noTraffic: z.enum(['skip', 'good', 'bad']),
      })
      .optional(),
    composite: z
      .object({
        rule: z.enum(['all', 'any']),
        of: z.array(z.string()).min(1, words.MEMBERS_MISSING.en),
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
          error: words.INSTANT_FORM.en,
        }),
        target: target.optional(),
        window: windowSchema.optional(),
        goodRatioMin: ratio.optional(),
        withinMs: z.number().positive().optional(),
      }),
    )
    .refine(isInOrder, words.BEFORE_UNORDERED.en)
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
    ...((slice !== undefined) === isSlice ? [] : [words.SLICE_ALONE.en]),
    ...((composite !== undefined) === (kind === 'composite') ? [] : [words.COMPOSITE_ALONE.en]),
    ...(up === undefined || isSlice ? [] : [words.SCRAPES_UNSLICED.en]),
    ...(valid.length > 0 || up !== undefined || kind === 'composite'
      ? []
      : [words.NOTHING_COUNTED.en]),
  ];
}

function isInOrder(former: readonly { readonly until: string }[]): boolean {
  return former.every(
    ({ until }, index) =>
      index === 0 || Date.parse(until) > Date.parse(former[index - 1]?.until ?? ''),
  );
}
