import { Router, json } from 'express';
import { z } from 'zod';
import { annotationsMax, annotationsPerAnswerMax } from '../annotations/annotation-store.ts';
import { annotationInputSchema } from '../annotations/annotation.ts';
import type { ServiceContext } from '../service-context.ts';
import { recordBytesMax } from './exclusion-routes.ts';
import { refuseUnknownObjectives } from './find-objective.ts';
import { bodyOf, instantSchema, queryOf } from './input.ts';
import { pageBefore, pageQuery, sendPage } from './paging.ts';

export const annotationsQuery = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  objective: z.string().optional(),
  service: z.string().optional(),
  ...pageQuery({ byDefault: 100, max: annotationsPerAnswerMax }),
});

/** Routes under `/api/v1/annotations`. */
export function annotationRoutes(context: ServiceContext): Router {
  const { annotationStore: store, audit, now } = context;
  const router = Router();
  router.get('/', (request, response) => {
    const { from, to, limit, cursor, ...rest } = queryOf(request, annotationsQuery);
    const fromMs = from === undefined ? 0 : Date.parse(from);
    const toMs = to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to);
    const all = store.list({ fromMs, toMs, ...rest, limit: annotationsMax });
    sendPage(
      request,
      response,
      pageBefore(all, { limit, cursor }, ({ id }) => id),
    );
  });
  router.post('/', json({ limit: recordBytesMax }), async (request, response) => {
    const input = bodyOf(request, annotationInputSchema);
    refuseUnknownObjectives(context, input.objectives);
    const annotation = await store.add(input, now());
    const change = { action: 'annotation.create', target: annotation.id, after: annotation };
    await audit.write(request, change);
    response.status(201).json(annotation);
  });
  return router;
}
