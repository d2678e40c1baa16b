import { HttpProblem, SproutError } from '@sprout/process';
import type { Problem } from '@sprout/process';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { languageOf } from './language-of.ts';
import { problemIn } from './problem-words.ts';

/** Answers requests that no route took. */
export const notFound: RequestHandler = (request) => {
  throw new HttpProblem(404, 'Not found', {
    code: 'NOT_FOUND',
    detail: `there is no ${request.method} ${request.path}`,
    hint: 'the API is described at /docs',
  });
};

/** Replicas find a MySQL that is back within a tick. */
const retryAfterSeconds = '5';

/**
 * Gives every error a code and a hint, in the reader's language; `onUnexpected` is told of those
 * that are our fault, of which the caller learns no details.
 */
export function namedProblem(onUnexpected: (error: unknown) => void): ErrorRequestHandler {
  return (error, request, response, next) => {
    const known = knownProblem(error);
    if (known === undefined) onUnexpected(error);
    if (known?.problem.code === 'STORAGE_AWAY') response.set('Retry-After', retryAfterSeconds);
    response.vary('Accept-Language');
    next(inLanguage(request, (known ?? internal).problem));
  };
}

function knownProblem(error: unknown): HttpProblem | undefined {
  if (error instanceof HttpProblem) return error;
  const refused = storageProblem(error);
  if (refused !== undefined) return refused;
  const status = statusOf(error);
  return status !== undefined && status < 500 ? unreadable(status, error) : undefined;
}

function inLanguage(request: Request, problem: Problem): HttpProblem {
  const translated = problemIn(languageOf(request), problem);
  return new HttpProblem(translated.status, translated.title, translated);
}

const internal = new HttpProblem(500, 'Internal error', {
  code: 'INTERNAL',
  hint: 'the log of slo-service says why',
});

/** What the storage refuses is told as it is. */
function storageProblem(error: unknown): HttpProblem | undefined {
  if (!(error instanceof SproutError)) return undefined;
  const { code, message, hint } = error;
  const more = { code, detail: message, ...(hint === undefined ? {} : { hint }) };
  if (code === 'RECORDS_FULL') {
    return new HttpProblem(409, 'There is no room for another record', more);
  }
  return code === 'STORAGE_AWAY'
    ? new HttpProblem(503, 'Nothing can be written at the moment', more)
    : undefined;
}

function unreadable(status: number, error: unknown): HttpProblem {
  return new HttpProblem(status, 'The request cannot be read', {
    code: 'REQUEST_UNREADABLE',
    detail: error instanceof Error ? error.message : String(error),
    hint: 'the API is described at /docs',
  });
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
