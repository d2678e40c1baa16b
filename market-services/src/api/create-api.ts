import { isUnavailable } from '@sprout/data';
import { HttpProblem, toProblem } from '@sprout/process';
import express from 'express';
import type { ErrorRequestHandler, Express, RequestHandler, Router } from 'express';
import type { OpenApiDocument } from './openapi.ts';
import { sendProblem } from './send-problem.ts';

const bodyBytesMax = 64 * 1024;

export interface ApiParts {
  readonly document: OpenApiDocument;
  readonly routes: Router;
  /** Adds what a platform asks of a service: /metrics, /healthz, /readyz, measuring. */
  attach(app: Express): void;
  /** The problem an error of the domain stands for; undefined for one it does not know. */
  toProblem(error: unknown): HttpProblem | undefined;
  /** Told of errors that are our fault. */
  onUnexpected(error: unknown): void;
}

/** Makes the HTTP side of a service: JSON in, JSON or problem+json out. */
export function createApi({
  document,
  routes,
  attach,
  toProblem: domainProblem,
  onUnexpected,
}: ApiParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  attach(app);
  app.use(express.json({ limit: bodyBytesMax }));
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.use(routes);
  app.use(notFound);
  app.use(answerErrors((error) => domainProblem(error) ?? unavailable(error), onUnexpected));
  return app;
}

/** Answers requests that no route took. */
export const notFound: RequestHandler = (request, response) => {
  sendProblem(request, response, {
    type: 'about:blank',
    title: 'Not found',
    status: 404,
    detail: `there is no ${request.method} ${request.path}`,
  });
};

/** Answers any error with a problem; `known` may turn an error into the one it stands for. */
export function answerErrors(
  known: (error: unknown) => unknown,
  onUnexpected: (error: unknown) => void,
): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = toProblem(known(error));
    if (problem.status >= 500) onUnexpected(error);
    sendProblem(request, response, problem);
  };
}

function unavailable(error: unknown): unknown {
  if (!isUnavailable(error)) return error;
  return Object.assign(
    new HttpProblem(503, 'The database is away', {
      type: '/errors/database/unavailable',
      detail: 'nothing was changed; try again',
    }),
    { cause: error },
  );
}
