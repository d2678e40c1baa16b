import { rolling } from '@sprout/objectives';
import { Router } from 'express';
import { z } from 'zod';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import type { ServiceContext } from '../service-context.ts';
import { sliceSchema, slicesOf } from '../status/slices.ts';
import { findObjective } from './find-objective.ts';
import { groupReader } from './groups.ts';
import { groupSchema, instantSchema, queryOf } from './input.ts';
import { linkNext } from './paging.ts';
import { stretchOf } from './series-range.ts';

/** Minutes of one answer. */
export const slicesMax = 1500;

export const slicesQuery = z.object({
  group: groupSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  limit: z.coerce.number().int().min(1).max(slicesMax).default(300),
  /** `next` of the answer before: the instant to go on from. */
  cursor: instantSchema.optional(),
});

export type SliceList = z.output<typeof sliceListSchema>;
export const sliceListSchema = z.object({
  id: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  sliceSeconds: z.number(),
  items: z.array(sliceSchema),
  next: z.string().nullable(),
});

/** `/api/v1/objectives/:id/slices`: the minutes themselves, oldest first; the last hour by default. */
export function sliceRoutes(context: ServiceContext): Router {
  const router = Router();
  const { clock, now } = context;
  router.get('/:id/slices', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    const { group, limit, cursor, ...between } = queryOf(request, slicesQuery);
    const range = stretchOf(between, rolling('1h'), now(), clock);
    const part = partOf(range, limit, cursor, clock.minuteMs);
    const items = await slicesOf(await groupReader(context, objective, group), part, clock);
    const next = part.toMinute < range.toMinute ? clock.instant(part.toMinute) : null;
    linkNext(request, response, next);
    const [from, to] = [clock.instant(range.fromMinute), clock.instant(range.toMinute)];
    const sliceSeconds = clock.minuteMs / 1000;
    response.json({ id: objective.id, from, to, sliceSeconds, items, next });
  });
  return router;
}

function partOf(range: MinuteSpan, limit: number, cursor: string | undefined, minuteMs: number) {
  const asked = cursor === undefined ? range.fromMinute : Math.floor(Date.parse(cursor) / minuteMs);
  const fromMinute = Math.min(range.toMinute, Math.max(range.fromMinute, asked));
  return { fromMinute, toMinute: Math.min(range.toMinute, fromMinute + limit) };
}
