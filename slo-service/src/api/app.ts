import { problemHandler } from '@sprout/process';
import express from 'express';
import type { Express, Request, RequestHandler } from 'express';
import { allowScrapes } from '../access/scrape.ts';
import { authenticate } from '../access/authenticate.ts';
import { authorize, requireRole } from '../access/authorize.ts';
import { identityOf } from '../access/identity.ts';
import { keyRoutes } from '../access/key-routes.ts';
import { loginRoutes } from '../access/login-routes.ts';
import { limitFailures, limitRequests } from '../access/rate-limit.ts';
import { auditRoutes } from '../audit/audit-routes.ts';
import { openSloRoutes } from '../openslo/openslo-routes.ts';
import { policyRoutes } from '../policies/policy-routes.ts';
import { publicRoutes } from '../public/public-routes.ts';
import { createGauges } from '../gauges/gauges.ts';
import type { ServiceContext } from '../service-context.ts';
import { silenceRoutes } from '../silences/silence-routes.ts';
import { createBoard } from '../status/board.ts';
import { alertRoutes } from './alert-routes.ts';
import { annotationRoutes } from './annotation-routes.ts';
import { askedAnew, revisionEtag } from './caching.ts';
import { consoleRoutes } from './console.ts';
import { dashboardRoutes } from './dashboard-routes.ts';
import { docsRoutes } from './docs.ts';
import { exclusionRoutes } from './exclusion-routes.ts';
import { explainRoutes } from './explain-routes.ts';
import { infoRoutes } from './info-routes.ts';
import { objectiveRoutes } from './objective-routes.ts';
import { openApiDocument } from './openapi.ts';
import { namedProblem, notFound } from './problems.ts';
import { runbookRoutes } from './runbooks.ts';
import { reportRoutes } from './report-routes.ts';
import { sliceRoutes } from './slice-routes.ts';
import { spentRoutes } from './spent-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { telemetryProxy } from './telemetry-proxy.ts';

/** Everything the SLO service answers over HTTP. */
export function createApp(
  context: ServiceContext,
  options: { readonly consoleDirectory?: string } = {},
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders);
  app.get('/healthz', (_request, response) => void response.json({ status: 'alive' }));
  const { access, config } = context;
  if (access !== undefined) app.use(limitFailures());
  app.use(authenticate(access));
  app.get('/readyz', (request, response) => void response.json(readiness(context, request)));
  const board = createBoard(context);
  const gauges = createGauges(context, board);
  app.get('/metrics', allowScrapes(access), async (_request, response) => {
    response.type('text/plain; version=0.0.4').send(await gauges());
  });
  app.use(loginRoutes(context));
  app.use(
    ['/api/v1', '/telemetry', '/status', '/status.atom', '/status.rss', '/badge'],
    limitRequests(config.api.requestsPerMinute),
  );
  app.use(['/api/v1', '/telemetry', '/runbooks'], authorize);
  app.use(publicRoutes(context));
  app.use('/telemetry', telemetryProxy(config));
  app.use('/api/v1', askedAnew);
  app.use('/api/v1/audit', requireRole('admin'), auditRoutes(context));
  app.use('/api/v1/keys', requireRole('admin'), keyRoutes(context));
  app.use('/api/v1/dashboards', dashboardRoutes(config));
  app.use('/api/v1/policies', policyRoutes(context));
  app.use('/api/v1/openslo', openSloRoutes(context));
  app.use('/api/v1', silenceRoutes(context), infoRoutes(context));
  app.use('/api/v1', revisionEtag(context));
  app.use(
    '/api/v1/objectives',
    objectiveRoutes(context, board),
    sliceRoutes(context),
    explainRoutes(context),
    spentRoutes(context),
  );
  app.use('/api/v1/annotations', annotationRoutes(context));
  app.use('/api/v1/reports', reportRoutes(context));
  app.use('/api/v1/exclusions', exclusionRoutes(context));
  app.use('/api/v1', alertRoutes(context));
  app.use(runbookRoutes(config.runbooksDir));
  app.get('/openapi.json', describe());
  app.use(consoleRoutes(options.consoleDirectory));
  app.use(docsRoutes());
  const log = (error: unknown) =>
    context.logger.error('a request failed', { error, 'exception.message': String(error) });
  app.use(notFound, namedProblem(log));
  app.use(problemHandler(() => undefined));
  return app;
}

/**
 * Ready as soon as the ledger is open: what is known is answered, and every answer says how far
 * it can be trusted. Alertmanager waits for this service, so it must not wait for Prometheus.
 */
function readiness({ meterHealth, writes }: ServiceContext, request: Request) {
  // Addresses of the inside are nothing for strangers.
  if (identityOf(request) === undefined) return { status: 'ready' };
  const { lastReadMs, trouble } = meterHealth();
  const lastRead = lastReadMs === null ? null : new Date(lastReadMs).toISOString();
  return {
    status: 'ready',
    writes: writes(),
    meter: { lastRead, error: trouble?.error.en ?? null },
  };
}

/** Built when first asked for, once. */
function describe(): RequestHandler {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return (_request, response) => {
    document ??= openApiDocument();
    response.json(document);
  };
}
