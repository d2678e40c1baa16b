import { Router } from 'express';
import { z } from 'zod';
import { instantSchema, queryOf } from '../api/input.ts';
import { pageOf, pageQuery, sendPage } from '../api/paging.ts';
import type { ServiceContext } from '../service-context.ts';

export const auditQuery = z.object({
  ...pageQuery({ byDefault: 100, max: 500 }),
  by: z.string().optional(),
  /** An action, or the noun before its dot. */
  action: z.string().optional(),
  target: z.string().optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});

/** Routes under `/api/v1/audit`. */
export function auditRoutes({ audit }: ServiceContext): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const { by, action, target, from, to, ...page } = queryOf(request, auditQuery);
    const [fromMs, toMs] = [Date.parse(from ?? '1970-01-01'), Date.parse(to ?? '9999-12-31')];
    const found = audit.list().filter((entry) => {
      const atMs = Date.parse(entry.at);
      const isOf = action === undefined || `${entry.action}.`.startsWith(`${action}.`);
      const isBy = (by ?? entry.by) === entry.by && (target ?? entry.target) === entry.target;
      return isOf && isBy && atMs >= fromMs && atMs < toMs;
    });
    sendPage(
      request,
      response,
      pageOf(found, page, ({ id }) => id),
    );
  });
  return router;
}
