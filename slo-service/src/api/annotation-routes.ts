import { Router, json } from 'express';
import { z } from 'zod';
import { annotationsPerAnswerMax } from '../annotations/annotation-store.ts';
import { annotationInputSchema } from '../annotations/annotation.ts';
import type { AnnotationList } from '../annotations/annotation.ts';
import type { ServiceContext } from '../service-context.ts';
import { recordBytesMax } from './exclusion-routes.ts';
import { refuseUnknownObjectives } from './find-objective.ts';
import { bodyOf, instantSchema, queryOf } from './input.ts';

export const annotationsQuery = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  objective: z.string().optional(),
  service: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(annotationsPerAnswerMax).default(100),
});

/** Routes under `/api/v1/annotations`. */
export function annotationRoutes(context: ServiceContext): Router {
  const { annotationStore: store, now } = context;
  const router = Router();
  router.get('/', (request, response) => {
    const { from, to, ...rest } = queryOf(request, annotationsQuery);
    const fromMs = from === undefined ? 0 : Date.parse(from);
    const toMs = to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to);
    response.json({ items: store.list({ fromMs, toMs, ...rest }) } satisfies AnnotationList);
  });
  router.post('/', json({ limit: recordBytesMax }), async (request, response) => {
    const input = bodyOf(request, annotationInputSchema);
    refuseUnknownObjectives(context, input.objectives);
    response.status(201).json(await store.add(input, now()));
  });
  return router;
}
