import { HttpProblem } from '@sprout/process';
import type { ErrorRequestHandler, RequestHandler } from 'express';

/** Answers requests that no route took. */
export const notFound: RequestHandler = (request) => {
  throw new HttpProblem(404, 'Not found', {
    code: 'NOT_FOUND',
    detail: `there is no ${request.method} ${request.path}`,
    hint: 'the API is described at /docs',
  });
};

/** Gives errors of reading a request, and those that are our fault, a code and a hint. */
export const namedProblem: ErrorRequestHandler = (error, _request, _response, next) => {
  if (error instanceof HttpProblem) return next(error);
  const status = statusOf(error);
  if (status === undefined || status >= 500) return next(error);
  next(
    new HttpProblem(status, 'The request cannot be read', {
      code: 'REQUEST_UNREADABLE',
      detail: error instanceof Error ? error.message : String(error),
      hint: 'the API is described at /docs',
    }),
  );
};

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
