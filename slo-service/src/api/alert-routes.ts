import { Router, json } from 'express';
import { z } from 'zod';
import { isAsked } from '../pages/asked-pages.ts';
import { pageIn } from '../pages/episode.ts';
import { pagesMax } from '../pages/page-store.ts';
import { webhookSchema } from '../pages/webhook.ts';
import type { ServiceContext } from '../service-context.ts';
import { bodyOf, instantSchema, queryOf } from './input.ts';
import { languageOf } from './language-of.ts';
import { pageOf, pageQuery, sendPage } from './paging.ts';
import type { Page, PageList } from './schemas.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

/** Size of a notification. */
const webhookBytesMax = 1024 * 1024;

export const alertsQuery = z.object({
  status: z.enum(['firing', 'resolved']).optional(),
  /** Those that fired, or of which somebody was told, at or after this instant. */
  from: instantSchema.optional(),
  /** Those that began before this instant. */
  to: instantSchema.optional(),
  /** Those that touch this objective. */
  objective: z.string().max(200).optional(),
  /** Those of one page group. */
  group: z.string().max(200).optional(),
  ...pageQuery({ byDefault: 100, max: 500 }),
});

/** Routes under `/api/v1/alerts`, and the webhook of Alertmanager. */
export function alertRoutes(context: ServiceContext): Router {
  const { pageStore, pager, now } = context;
  const router = Router();
  router.get('/alerts', (request, response) => {
    const { limit, cursor, status, ...wanted } = queryOf(request, alertsQuery);
    const all = pageStore
      .list({ ...(status === undefined ? {} : { status }), limit: pagesMax })
      .filter(({ page }) => isAsked(page, wanted));
    const { items, next } = pageOf(all, { limit, cursor }, ({ page }) => page.id);
    const shown = items.map((record) => addressed(context, pageIn(record, languageOf(request))));
    sendPage(request, response, { items: shown, next } satisfies PageList);
  });
  router.get('/alerts/:id', (request, response) => {
    const { id } = request.params;
    const record = pageStore.find(id);
    if (record === undefined) throw unknownPage(id);
    response.json(addressed(context, pageIn(record, languageOf(request))));
  });
  router.post('/alertmanager', json({ limit: webhookBytesMax }), async (request, response) => {
    const record = await pager.notify(bodyOf(request, webhookSchema), now());
    response.json({ page: record?.page.id ?? null });
  });
  return router;
}

/** Addresses are made absolute when a page is read, because the own port may have changed. */
function addressed({ ownUrl }: ServiceContext, page: Page): Page {
  const absolute = (url: string) => new URL(url, ownUrl()).href;
  const { dashboardUrl, exampleTrace, runbookUrl } = page;
  return {
    ...page,
    dashboardUrl: dashboardUrl === null ? null : absolute(dashboardUrl),
    runbookUrl: runbookUrl?.startsWith('/') === true ? absolute(runbookUrl) : runbookUrl,
    exampleTrace: exampleTrace && { ...exampleTrace, url: absolute(exampleTrace.url) },
  };
}

/** The problem of a page that there is not. */
export function unknownPage(id: string): SpokenProblem {
  return new SpokenProblem(404, 'PAGE_UNKNOWN', {
    title: { en: 'There is no such page', ko: '없는 호출입니다' },
    detail: { en: `no page has the id "${id}"`, ko: `id가 "${id}"인 호출이 없습니다` },
    hint: {
      en: 'GET /api/v1/alerts lists them, newest first',
      ko: 'GET /api/v1/alerts에서 최신순 목록을 볼 수 있습니다',
    },
  });
}
