import type { Observability } from '@sprout/instrumentation';
import type { MarketAccess } from '@sprout/process';
import express from 'express';
import type { Express, Request, RequestHandler, Router } from 'express';
import pLimit from 'p-limit';
import { answerErrors, notFound } from '../../src/api/create-api.ts';
import { sendProblem } from '../../src/api/send-problem.ts';
import type { Gatekeeper } from './access/gatekeeper.ts';
import type { RefusalReason } from './access/refusals.ts';
import { createBreakers, describeBreakers } from './breakers.ts';
import { gatewayOpenApi } from './gateway-openapi.ts';
import type { Instances } from './instances.ts';
import { createProxy } from './proxy/proxy.ts';
import { breakerCalls, gatewayRefusals, gatewayRequestDuration, perRoute } from './signals.ts';

export interface GatewayParts {
  readonly telemetry: Observability;
  readonly instances: Instances;
  readonly gatekeeper: Gatekeeper;
  /** Login and logout. */
  readonly login: Router;
  readonly trustedProxies?: MarketAccess['addresses']['trustedProxies'];
  /** Default 5 000. */
  readonly timeLimitMs?: number;
  /** Calls of a route that are under way at once; default 512. */
  readonly callsAtOnceMax?: number;
  /** Monotonic; the process' own by default. */
  readonly nowMs?: () => number;
}

/** Makes the only public door of the market. */
export function createGatewayApp({
  telemetry,
  instances,
  gatekeeper,
  login,
  trustedProxies = [],
  timeLimitMs = 5_000,
  callsAtOnceMax = 512,
  nowMs = () => performance.now(),
}: GatewayParts): Express {
  const breakers = createBreakers(nowMs, telemetry);
  const lines = perRoute(() => pLimit(callsAtOnceMax));
  const durations = telemetry.bind(gatewayRequestDuration);
  const calls = telemetry.bind(breakerCalls);
  const refusals = telemetry.bind(gatewayRefusals);
  const refused = (reason: RefusalReason, { method, path }: Request) => {
    refusals.inc({ reason });
    // What would have changed something is kept, as an audit asks for it.
    if (method !== 'GET') telemetry.logger.warn('refused', { reason, method, path });
  };
  let stopping = false;
  telemetry.onStop('readiness', () => {
    stopping = true;
  });
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...trustedProxies]);
  // The gateway waits for nobody: while it lives it can answer, with a fallback if need be.
  app.get('/readyz', (_request, response) => {
    response.status(stopping ? 503 : 200).json({
      status: stopping ? 'stopping' : 'ready',
      checks: {},
      breakers: describeBreakers(breakers),
    });
  });
  telemetry.attach(app);
  app.get('/openapi.json', (_request, response) => void response.json(gatewayOpenApi));
  app.use(
    createProxy({
      gatekeeper,
      instances,
      breakers,
      lines,
      timeLimitMs,
      nowMs,
      ended: (route, outcome, seconds) => durations.observe({ route, outcome }, seconds),
      called: (route, kind) => calls.inc({ route, kind }),
      changed: (change) => telemetry.logger.info('audit', change),
      refused,
    }),
  );
  app.use(door(gatekeeper, refused));
  app.use(login);
  app.use(notFound);
  app.use(
    answerErrors(
      (error) => error,
      (error) => telemetry.logger.error('request failed', { error }),
    ),
  );
  return app;
}

/** Address and rate, for what the gateway answers itself. */
function door(
  gatekeeper: Gatekeeper,
  refused: (reason: RefusalReason, request: Request) => void,
): RequestHandler {
  return (request, response, next) => {
    const refusal = gatekeeper.refuses(request);
    if (refusal === undefined) return next();
    refused(refusal.reason, request);
    sendProblem(request, response.set(refusal.headers ?? {}), refusal.problem);
  };
}
