import { Router } from 'express';
import { z } from 'zod';
import { queryOf } from '../api/input.ts';
import { listOf, pageOf, pageQuery, sendPage } from '../api/paging.ts';
import type { ServiceContext } from '../service-context.ts';
import { policyStateSchema } from './policy-state.ts';

export const policiesQuery = z.object({
  ...pageQuery({ byDefault: 100, max: 500 }),
  objective: z.string().optional(),
});
export const policyListSchema = listOf(policyStateSchema);

/** `/api/v1/policies`: where each budget stands to each policy, and the calls that were made. */
export function policyRoutes({ policies }: ServiceContext): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const { objective, ...page } = queryOf(request, policiesQuery);
    const all = policies.list().filter((one) => (objective ?? one.objective) === one.objective);
    sendPage(
      request,
      response,
      pageOf(all, page, ({ id }) => id),
    );
  });
  return router;
}
