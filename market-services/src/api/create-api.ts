import { isUnavailable } from '@sprout/data';
import { HttpProblem, notFoundHandler, problemHandler } from '@sprout/process';
import express from 'express';
import type { ErrorRequestHandler, Express, Router } from 'express';
import type { OpenApiDocument } from './openapi.ts';

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
  toProblem,
  onUnexpected,
}: ApiParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  attach(app);
  app.use(express.json({ limit: bodyBytesMax }));
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.use(routes);
  app.use(notFoundHandler);
  app.use(translate(toProblem));
  app.use(problemHandler(onUnexpected));
  return app;
}

function translate(toProblem: ApiParts['toProblem']): ErrorRequestHandler {
  return (error, _request, _response, next) => next(toProblem(error) ?? unavailable(error));
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
