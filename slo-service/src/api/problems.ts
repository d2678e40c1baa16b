import { HttpProblem, SproutError } from '@sprout/process';
import type { ErrorRequestHandler, RequestHandler } from 'express';

/** Answers requests that no route took. */
export const notFound: RequestHandler = (request) => {
  throw new HttpProblem(404, 'Not found', {
    code: 'NOT_FOUND',
    detail: `there is no ${request.method} ${request.path}`,
    hint: 'the API is described at /docs',
  });
};

/**
 * Gives every other error a code and a hint; `onUnexpected` is told of those that are our fault,
 * of which the caller learns no details.
 */
export function namedProblem(onUnexpected: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, _response, next) => {
    if (error instanceof HttpProblem) return next(error);
    if (isFull(error)) return next(full(error));
    const status = statusOf(error);
    if (status !== undefined && status < 500) return next(unreadable(status, error));
    onUnexpected(error);
    next(
      new HttpProblem(500, 'Internal error', {
        code: 'INTERNAL',
        hint: 'the log of slo-service says why',
      }),
    );
  };
}

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
