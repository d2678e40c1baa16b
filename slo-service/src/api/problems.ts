import { HttpProblem, SproutError } from '@sprout/process';
import type { Problem } from '@sprout/process';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { languageOf } from './language.ts';
import { problemIn } from './problem-words.ts';

/** Answers requests that no route took. */
export const notFound: RequestHandler = (request) => {
  throw new HttpProblem(404, 'Not found', {
    code: 'NOT_FOUND',
    detail: `there is no ${request.method} ${request.path}`,
    hint: 'the API is described at /docs',
  });
};

/**
 * Gives every error a code and a hint, in the reader's language; `onUnexpected` is told of those
 * that are our fault, of which the caller learns no details.
 */
export function namedProblem(onUnexpected: (error: unknown) => void): ErrorRequestHandler {
  return (error, request, response, next) => {
    const known = knownProblem(error);
    if (known === undefined) onUnexpected(error);
    response.vary('Accept-Language');
    next(inLanguage(request, (known ?? internal).problem));
  };
}

function knownProblem(error: unknown): HttpProblem | undefined {
  if (error instanceof HttpProblem) return error;
  if (isFull(error)) return full(error);
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

const isFull = (error: unknown): error is SproutError =>
  error instanceof SproutError && error.code === 'RECORDS_FULL';

function full({ code, message, hint }: SproutError): HttpProblem {
  const more = hint === undefined ? {} : { hint };
  return new HttpProblem(409, 'There is no room for another record', {
    code,
    detail: message,
    ...more,
  });
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
