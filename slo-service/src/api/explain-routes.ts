import { otherGroup, parseWindow, windowSeconds } from '@sprout/objectives';
import { Router } from 'express';
import { z } from 'zod';
import { explain } from '../explain/explain.ts';
import { readerFor } from '../service-context.ts';
import type { ServiceContext } from '../service-context.ts';
import { notCounted, refuseUncounted, sourceProblem } from './counted-events.ts';
import { findObjective } from './find-objective.ts';
import { refuseUnknownGroup } from './groups.ts';
import { groupSchema, instantSchema, queryOf, windowSchema } from './input.ts';
import { languageOf } from './language-of.ts';
import { saying } from '../language/check-words.ts';

/** Longest window that is explained: every sample of it is read. */
const secondsMax = 86_400;

export const explainQuery = z.object({
  /** End of the window; now by default. */
  at: instantSchema.optional(),
  group: groupSchema.optional(),
  window: windowSchema
    .refine(
      (text) => windowSeconds(parseWindow(text)) <= secondsMax,
      saying('at most 1d', '길어야 1d입니다'),
    )
    .default('1h'),
  lang: z.enum(['en', 'ko']).optional(),
});

/** `/api/v1/objectives/:id/explain`: the ledger against PromQL, with the causes. */
export function explainRoutes(context: ServiceContext): Router {
  const router = Router();
  const { clock, now, prometheus } = context;
  router.get('/:id/explain', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    refuseUncounted(objective);
    const { at, window, group } = queryOf(request, explainQuery);
    await refuseUnknownGroup(context, objective, group);
    if (group === otherGroup)
      throw notCounted(
        {
          en: `${objective.id} keeps the group ${otherGroup} for whatever came beyond groupsMax`,
          ko: `${objective.id}의 그룹 ${otherGroup}은(는) groupsMax를 넘은 것을 모은 것입니다`,
        },
        { en: 'explain the whole', ko: '전체를 설명하도록 요청하세요' },
      );
    const atMs = Math.min(now(), at === undefined ? Infinity : Date.parse(at));
    const toMinute = Math.floor(atMs / clock.minuteMs);
    const fromMinute = toMinute - clock.minutesOf(windowSeconds(parseWindow(window)));
    // Slices are judged from the events that the ledger keeps; it is those that PromQL has too.
    const reader = readerFor({ ...context, view: context.ledger }, objective, group);
    const { meterRules: rules } = context;
    const parts = { prometheus, reader, clock, rules, group, language: languageOf(request) };
    try {
      response.json(await explain(objective, { fromMinute, toMinute }, parts));
    } catch (error) {
      throw sourceProblem(error);
    }
  });
  return router;
}
