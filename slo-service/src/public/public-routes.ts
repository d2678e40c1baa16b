import { Router } from 'express';
import type { RequestHandler, Response } from 'express';
import { requireRole } from '../access/authorize.ts';
import { findObjective } from '../api/find-objective.ts';
import { languageOf } from '../api/language-of.ts';
import { reportHeaders } from '../api/security-headers.ts';
import type { ServiceContext } from '../service-context.ts';
import { statusNow } from '../service-context.ts';
import { badge } from './badge.ts';
import { statusFeed } from './feed.ts';
import { publicStatus } from './public-status.ts';
import type { PublicStatus } from './public-status.ts';
import { statusPage } from './status-page.ts';

/** Seconds for which answers hold, here and in caches on the way. */
const holdSeconds = 60;

/** `/status` with its feeds, and `/badge/<id>.svg`: for everybody where they are published. */
export function publicRoutes(context: ServiceContext): Router {
  const router = Router();
  const isOpen = context.config.api.publicStatus;
  const mayRead: RequestHandler = isOpen
    ? (_request, _response, next) => next()
    : requireRole('viewer');
  const status = held(context);
  router.get('/status', mayRead, async (request, response) => {
    const page = statusPage(await status(), languageOf(request));
    cacheable(response, isOpen).set(reportHeaders).type('html').send(page);
  });
  for (const format of ['atom', 'rss'] as const) {
    router.get(`/status.${format}`, mayRead, async (request, response) => {
      const text = statusFeed(await status(), languageOf(request), context.ownUrl(), format);
      cacheable(response, isOpen).type(`application/${format}+xml`).send(text);
    });
  }
  router.get('/badge/:file', mayRead, async (request, response) => {
    const objective = findObjective(context, String(request.params.file).replace(/\.svg$/, ''));
    const image = badge(await statusNow(context, objective), languageOf(request));
    // Made to be shown on other pages.
    if (isOpen) response.set('Cross-Origin-Resource-Policy', 'cross-origin');
    cacheable(response, isOpen).type('image/svg+xml').send(image);
  });
  return router;
}

function cacheable(response: Response, isOpen: boolean): Response {
  const scope = isOpen ? 'public' : 'private';
  return response.set('Cache-Control', `${scope}, max-age=${holdSeconds}`).vary('Accept-Language');
}

/** Many readers, one computation a minute. */
function held(context: ServiceContext): () => Promise<PublicStatus> {
  let made: { readonly untilMs: number; readonly status: Promise<PublicStatus> } | undefined;
  return () => {
    const nowMs = context.now();
    if (made === undefined || nowMs >= made.untilMs) {
      const status = publicStatus(context);
      status.catch(() => (made = undefined));
      made = { untilMs: nowMs + Math.min(holdSeconds * 1000, context.clock.minuteMs), status };
    }
    return made.status;
  };
}
