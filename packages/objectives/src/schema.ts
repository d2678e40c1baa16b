import { counterSelectionSchema } from '@sprout/signals';
import { z } from 'zod';
import { calendarUnits } from './calendar.ts';
import { rolling, windowSeconds, windowSecondsMax } from './window.ts';
import { isZone } from './zone.ts';

const selections = z.array(counterSelectionSchema).min(1);

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

/** An objective as it stands in the compiled configuration. */
export const objectiveSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  owner: z.string(),
  target: z.number().gt(0).lt(1),
  window: windowSchema,
  pages: z.boolean(),
  alerts: z.boolean(),
  pageGroup: z.string(),
  dependsOn: z.array(z.string()),
  sli: z.object({
    kind: z.enum(['availability', 'latency', 'events']),
    valid: selections,
    good: selections.optional(),
    bad: selections.optional(),
    thresholdSeconds: z.number().positive().optional(),
  }),
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
