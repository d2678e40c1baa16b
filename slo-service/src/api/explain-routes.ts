import { HttpProblem, timing } from '@sprout/process';
import { PrometheusError } from '@sprout/query';
import { parseWindow, windowSeconds } from '@sprout/objectives';
import { Router } from 'express';
import { z } from 'zod';
import { explain } from '../explain/explain.ts';
import { meterRules } from '../meter/rules.ts';
import { readerFor } from '../service-context.ts';
import type { ServiceContext } from '../service-context.ts';
import { findObjective } from './find-objective.ts';
import { instantSchema, queryOf, windowSchema } from './input.ts';
import { languageOf } from './language.ts';

/** Longest window that is explained: every sample of it is read. */
const secondsMax = 86_400;

export const explainQuery = z.object({
  /** End of the window; now by default. */
  at: instantSchema.optional(),
  window: windowSchema
    .refine((text) => windowSeconds(parseWindow(text)) <= secondsMax, 'at most 1d')
    .default('1h'),
  lang: z.enum(['en', 'ko']).optional(),
});

/** `/api/v1/objectives/:id/explain`: the ledger against PromQL, with the causes. */
export function explainRoutes(context: ServiceContext): Router {
  const router = Router();
  const { clock, config, now, prometheus } = context;
  router.get('/:id/explain', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    const { sli } = objective;
    if (sli.composite || sli.up || sli.slice) throw notCounted(objective.id);
    const { at, window } = queryOf(request, explainQuery);
    const atMs = Math.min(now(), at === undefined ? Infinity : Date.parse(at));
    const toMinute = Math.floor(atMs / clock.minuteMs);
    const fromMinute = toMinute - clock.minutesOf(windowSeconds(parseWindow(window)));
    const reader = readerFor(context, objective);
    const { gapMs } = meterRules(timing(config.timeScale));
    const parts = { prometheus, reader, clock, gapMs, language: languageOf(request) };
    try {
      response.json(await explain(objective, { fromMinute, toMinute }, parts));
    } catch (error) {
      throw error instanceof PrometheusError ? unanswered(error) : error;
    }
  });
  return router;
}

const notCounted = (id: string) =>
  new HttpProblem(409, 'There is nothing to compare', {
    code: 'EXPLAIN_NOT_COUNTED',
    detail: `${id} counts time, or is made of other promises; PromQL has no events of it`,
    hint: 'explain the promises that it is made of',
  });

const unanswered = ({ message }: PrometheusError) =>
  new HttpProblem(503, 'Prometheus does not answer', {
    code: 'EXPLAIN_UNAVAILABLE',
    detail: message,
    hint: './sprout status shows whether Prometheus runs',
  });
