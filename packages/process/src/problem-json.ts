import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { ZodError } from 'zod';

/** RFC 9457 problem details, plus the fields at fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code?: string;
  readonly hint?: string;
  readonly errors?: readonly { readonly field: string; readonly reason: string }[];
}

/** An error with an HTTP status that is answered as problem+json. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly problem: Problem;

  constructor(status: number, title: string, more: Partial<Problem> = {}) {
    super(title);
    this.problem = { type: 'about:blank', ...more, title, status };
  }
}

export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Answers requests that no route took. */
export const notFoundHandler: RequestHandler = (request, response) => {
  sendProblem(response, {
    type: 'about:blank',
    title: 'Not found',
    status: 404,
    detail: `there is no ${request.method} ${request.path}`,
  });
};

/** Turns any error into problem+json; `onUnexpected` is told of those that are our fault. */
export function problemHandler(onUnexpected: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = toProblem(error);
    if (problem.status >= 500) onUnexpected(error);
    sendProblem(response, problem);
  };
}

/** The problem an error is answered with. */
export function toProblem(error: unknown): Problem {
  if (error instanceof HttpProblem) return error.problem;
  if (error instanceof ZodError) return validationProblem(error);
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    return unreadable(status, error);
  }
  return { type: 'about:blank', title: 'Internal error', status: 500 };
}

/** Without the parser's own words, which repeat what was sent. */
function unreadable(status: number, error: unknown): Problem {
  const kind = typeof error === 'object' && error !== null && 'type' in error ? error.type : '';
  if (status === 413) return { type: 'about:blank', title: 'The body is too large', status };
  if (kind !== 'entity.parse.failed') {
    return { type: 'about:blank', title: 'The request cannot be read', status };
  }
  return { type: 'about:blank', title: 'The body is not JSON', status };
}

function validationProblem(error: ZodError): Problem {
  return {
    type: '/errors/validation',
    title: 'The request is not valid',
    status: 400,
    errors: error.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.message })),
  };
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
