import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { ServiceContext } from '../service-context.ts';
import { languageOf } from './language-of.ts';

/**
 * Answers 304 without computing anything while neither the ledger nor the pages nor the minute
 * have changed. Figures also change with time alone, at the latest with the next ledger minute.
 */
export function revisionEtag({ revision, now, clock }: ServiceContext): RequestHandler {
  const start = randomBytes(4).toString('hex');
  return (request, response, next) => {
    response.set('Cache-Control', 'no-cache');
    if (request.method !== 'GET') return next();
    const minute = Math.floor(now() / clock.minuteMs);
    const language = languageOf(request);
    response.vary('Accept-Language');
    response.set(
      'ETag',
      `W/"${start}-${revision().toString(36)}-${minute.toString(36)}-${language}"`,
    );
    if (request.fresh) return void response.status(304).end();
    next();
  };
}
