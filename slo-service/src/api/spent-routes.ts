import { rolling } from '@sprout/objectives';
import { Router } from 'express';
import { z } from 'zod';
import { readerFor } from '../service-context.ts';
import type { ServiceContext } from '../service-context.ts';
import { spentBy } from '../spent/spent-by.ts';
import { refuseUncounted, sourceProblem } from './counted-events.ts';
import { findObjective } from './find-objective.ts';
import { instantSchema, queryOf } from './input.ts';
import { languageOf } from './language-of.ts';
import { stretchOf } from './series-range.ts';

/** Longest stretch whose labels are counted: every sample of it is read. */
const minutesMax = 360;

export const spentByQuery = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});

/** `/api/v1/objectives/:id/spent-by`: bad events by their labels, from the source; the last hour by default. */
export function spentRoutes(context: ServiceContext): Router {
  const router = Router();
  const { clock, now, prometheus, meterRules: rules } = context;
  router.get('/:id/spent-by', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    refuseUncounted(objective);
    const asked = stretchOf(queryOf(request, spentByQuery), rolling('1h'), now(), clock);
    const stretch = {
      fromMinute: Math.max(asked.fromMinute, asked.toMinute - minutesMax),
      toMinute: asked.toMinute,
    };
    const reader = readerFor({ ...context, view: context.ledger }, objective);
    const parts = { prometheus, reader, clock, rules, language: languageOf(request) };
    try {
      response.json(await spentBy(objective, stretch, parts));
    } catch (error) {
      throw sourceProblem(error);
    }
  });
  return router;
}
