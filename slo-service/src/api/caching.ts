import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { ServiceContext } from '../service-context.ts';
import { languageOf } from './language-of.ts';

/** Lets every copy of an answer be asked about before it is shown again. */
export const askedAnew: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-cache').vary('Accept-Language');
  next();
};

/**
 * Answers 304 without computing anything while neither the ledger nor the pages nor the minute
 * have changed. Figures also change with time alone, at the latest with the next ledger minute.
 * Only for what follows from those: an answer about the caller, a file or a policy has the ETag of
 * its own text.
 */
export function revisionEtag({ revision, now, clock }: ServiceContext): RequestHandler {
  const start = randomBytes(4).toString('hex');
  return (request, response, next) => {
    if (request.method !== 'GET') return next();
    const minute = Math.floor(now() / clock.minuteMs);
    const language = languageOf(request);
    response.set(
      'ETag',
      `W/"${start}-${revision().toString(36)}-${minute.toString(36)}-${language}"`,
    );
    if (request.fresh) return void response.status(304).end();
    next();
  };
}
