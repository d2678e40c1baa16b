import type { Observability } from '@sprout/instrumentation';
import { notFoundHandler, problemHandler } from '@sprout/process';
import express from 'express';
import type { Express } from 'express';
import { createBreakers, describeBreakers } from './breakers.ts';
import type { Instances } from './instances.ts';
import { createProxy } from './proxy/proxy.ts';
import { breakerCalls, gatewayRequestDuration } from './signals.ts';

export interface GatewayParts {
  readonly telemetry: Observability;
  readonly instances: Instances;
  /** Default 5 000. */
  readonly timeLimitMs?: number;
  /** Monotonic; the process' own by default. */
  readonly nowMs?: () => number;
}

/** Makes the only public door of the market. */
export function createGatewayApp({
  telemetry,
  instances,
  timeLimitMs = 5_000,
  nowMs = () => performance.now(),
}: GatewayParts): Express {
  const breakers = createBreakers(nowMs, telemetry);
  const durations = telemetry.bind(gatewayRequestDuration);
  const calls = telemetry.bind(breakerCalls);
  let stopping = false;
  telemetry.onStop('readiness', () => {
    stopping = true;
  });
  const app = express();
  app.disable('x-powered-by');
  // The gateway waits for nobody: while it lives it can answer, with a fallback if need be.
  app.get('/readyz', (_request, response) => {
    response.status(stopping ? 503 : 200).json({
      status: stopping ? 'stopping' : 'ready',
      checks: {},
      breakers: describeBreakers(breakers),
    });
  });
  telemetry.attach(app);
  app.use(
    createProxy({
      instances,
      breakers,
      timeLimitMs,
      nowMs,
      ended: (route, outcome, seconds) => durations.observe({ route, outcome }, seconds),
      called: (route, kind) => calls.inc({ route, kind }),
    }),
  );
  app.use(notFoundHandler);
  app.use(problemHandler((error) => telemetry.logger.error('request failed', { error })));
  return app;
}
