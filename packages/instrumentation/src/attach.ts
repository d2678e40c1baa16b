import type { Express, Request, Response } from 'express';
import type { Readiness } from './health.ts';
import type { Metrics } from './metric/metrics.ts';

/** What the platform's routes tell about the service. */
export interface Inside {
  readonly service: string;
  readonly metrics: Metrics;
  readiness(): Promise<Readiness>;
}

/** Adds `/metrics`, `/healthz` (alive) and `/readyz` (able to work, 503 when not) to an app. */
export function attachRoutes(app: Express, inside: Inside): void {
  app.get('/metrics', (request, response) => serveMetrics(inside, request, response));
  app.get('/healthz', (_request, response) => {
    const uptime = Math.round(process.uptime());
    response.json({ status: 'ok', service: inside.service, uptime_seconds: uptime });
  });
  app.get('/readyz', (_request, response) => serveReadiness(inside, response));
}

async function serveMetrics({ metrics }: Inside, request: Request, response: Response) {
  const { contentType, body } = await metrics.expose(request.headers.accept);
  response.set('content-type', contentType).send(body);
}

async function serveReadiness(inside: Inside, response: Response) {
  const readiness = await inside.readiness();
  response.status(readiness.status === 'ready' ? 200 : 503).json(readiness);
}
