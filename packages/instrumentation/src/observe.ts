import { trace } from '@opentelemetry/api';
import { createLifecycle } from '@sprout/process';
import type { Express } from 'express';
import type { Logger } from 'winston';
import { attachRoutes } from './attach.ts';
import { createDbCalls } from './channel/db-call.ts';
import { failureLog } from './channel/failure-log.ts';
import { exemplarOf } from './channel/exemplar.ts';
import { watchFetch } from './channel/fetch.ts';
import { watchHttpServer } from './channel/http-server.ts';
import { watchMysql } from './channel/mysql.ts';
import { watchRedis } from './channel/redis.ts';
import { watchRoutes } from './channel/route.ts';
import { createQueues, limits } from './delivery/queues.ts';
import type { Queues } from './delivery/queues.ts';
import { endpointResolver } from './endpoints.ts';
import type { Endpoints } from './endpoints.ts';
import { createHealth } from './health.ts';
import type { Health } from './health.ts';
import { createServiceLogger } from './log/logger.ts';
import { createMetrics } from './metric/metrics.ts';
import type { Bind, Metrics } from './metric/metrics.ts';
import { endWithProcess } from './process-end.ts';
import { versionFromEnvironment } from './service-version.ts';
import { extractFrom, injectInto, inSpan } from './trace/carrier.ts';
import type { Carrier, SpanOptions } from './trace/carrier.ts';
import { startTracing } from './trace/tracing.ts';
import type { Tracing } from './trace/tracing.ts';
import type { TraceProtocol } from './trace/span-sender.ts';

export interface ObserveOptions {
  /** `service.name` in traces and logs, label `service` in Loki. */
  readonly service: string;
  /** `service.version` in traces; of `$OTEL_RESOURCE_ATTRIBUTES` by default. */
  readonly version?: string;
  /** `otlp` by default. */
  readonly traceProtocol?: TraceProtocol;
  /** Base URLs, or a function that is asked anew whenever something is sent. */
  readonly endpoints?: Endpoints | (() => Endpoints);
  /** Share of new traces that are recorded, 0 to 1; 1 by default. */
  readonly sampleRatio?: number;
  /** `$SPROUT_LOG_LEVEL`, else `info`. */
  readonly logLevel?: string;
  /** Also push lines to Loki; true by default. */
  readonly pushLogs?: boolean;
  /** How long spans and lines wait for company before they are sent; 1000 ms by default. */
  readonly sendDelayMs?: number;
  /** Log a line per answered request, with its trace; false by default. */
  readonly requestLog?: boolean;
  /** Node's own metrics; true by default. */
  readonly processMetrics?: boolean;
  /** Shut down in order on SIGTERM and SIGINT, then exit; true by default. */
  readonly handleSignals?: boolean;
}

/** Everything a service needs to be seen. */
export interface Observability {
  /** What runs, as traces tell it. */
  readonly version: string | undefined;
  /** One JSON line per event on stderr, with the running trace, and pushed to Loki. */
  readonly logger: Logger;
  /** Makes the metric of a signal; the same signal gives the same metric. */
  readonly bind: Bind;
  /** Adds `/metrics`, `/healthz` and `/readyz`. */
  attach(app: Express): void;
  readonly health: Health;
  /** Runs `run` inside a span; an error marks the span and is thrown on. */
  span<T>(name: string, options: SpanOptions, run: () => Promise<T>): Promise<T>;
  /** Writes the current trace into a message's headers, W3C and B3. */
  inject(carrier: Carrier): void;
  /** Runs `run` as part of the trace that a message's headers name. */
  extract<T>(carrier: Carrier, run: () => Promise<T>): Promise<T>;
  /** Trace id of the running span, 32 hexadecimal digits. */
  currentTraceId(): string | undefined;
  /** `stop` runs at shutdown, after everything that was added later. */
  onStop(name: string, stop: () => unknown): void;
  /** Runs the stops, sends what waits, then ends the telemetry. Later calls wait for the first. */
  shutdown(): Promise<void>;
}

let running = false;

/**
 * Makes the process observable: traces of HTTP servers, fetch, mysql2 and ioredis from Node's
 * diagnostics channels, metrics, logs, health and one ordered shutdown. Once per process.
 * @example
 * const watch = observe({ service: 'shop' });
 * const app = express();
 * watch.attach(app);
 */
export function observe(given: ObserveOptions): Observability {
  if (running) throw new Error('observe() is already running in this process');
  running = true;
  const version = given.version ?? versionFromEnvironment();
  const options = { ...given, ...(version !== undefined && { version }) };
  const metrics = createMetrics(
    () => exemplarOf(trace.getActiveSpan()),
    options.processMetrics ?? true,
  );
  const queues = createQueues(
    {
      service: options.service,
      traceProtocol: options.traceProtocol ?? 'otlp',
      endpoints: endpointResolver(options.endpoints),
      delayMs: options.sendDelayMs ?? limits.delayMs,
    },
    metrics,
  );
  const tracing = startTracing(options, queues.spans);
  const state = { stopping: false };
  const logger = createServiceLogger(
    options.service,
    options.logLevel ?? process.env['SPROUT_LOG_LEVEL'] ?? 'info',
    options.pushLogs === false ? undefined : queues.lines,
  );
  const requestLogger = options.requestLog === true ? logger : undefined;
  const unwatch = watchAll(tracing, metrics, () => state.stopping, logger, requestLogger);
  return assemble(options, { metrics, queues, tracing, unwatch, logger, state });
}

function watchAll(
  tracing: Tracing,
  metrics: Metrics,
  stopping: () => boolean,
  logger: Logger,
  requestLogger: Logger | undefined,
): () => void {
  const calls = createDbCalls(tracing, metrics, failureLog(logger));
  const undo = [
    watchHttpServer(tracing, metrics, stopping, requestLogger),
    watchRoutes(),
    watchFetch(tracing, metrics),
    watchMysql(tracing, calls),
    watchRedis(calls),
  ];
  return () => {
    for (const one of undo) one();
  };
}

interface Parts {
  readonly metrics: Metrics;
  readonly queues: Queues;
  readonly tracing: Tracing;
  readonly unwatch: () => void;
  readonly logger: Logger;
  readonly state: { stopping: boolean };
}

function assemble(options: ObserveOptions, parts: Parts): Observability {
  const { metrics, queues, tracing, logger } = parts;
  const health = createHealth();
  const lifecycle = createLifecycle(logger);
  const shutdown = async () => {
    parts.state.stopping = true;
    await lifecycle.stop();
  };
  const released = endWithProcess({
    flush: (timeoutMs) => flush(queues, timeoutMs),
    shutdown,
    logger,
    handleSignals: options.handleSignals ?? true,
  });
  // Stops run in reverse: the telemetry ends last, logs after traces.
  lifecycle.onStop('end of telemetry', () => {
    released();
    running = false;
  });
  lifecycle.onStop('logs', () => queues.lines.close(closeTimeoutMs));
  lifecycle.onStop('traces', () => tracing.shutdown());
  lifecycle.onStop('channels', () => parts.unwatch());
  return {
    version: options.version,
    logger,
    bind: metrics.bind,
    health,
    attach(app) {
      attachRoutes(app, {
        service: options.service,
        readiness: () => health.readiness(parts.state.stopping),
        metrics: {
          bind: metrics.bind,
          expose(accept) {
            queues.measure();
            return metrics.expose(accept);
          },
        },
      });
    },
    span: (name, spanOptions, run) => inSpan(tracing, name, spanOptions, run),
    inject: injectInto,
    extract: extractFrom,
    currentTraceId: () => trace.getActiveSpan()?.spanContext().traceId,
    onStop: (name, stop) => lifecycle.onStop(name, stop),
    shutdown,
  };
}

const closeTimeoutMs = 3000;

async function flush({ spans, lines }: Queues, timeoutMs: number): Promise<void> {
  await Promise.all([spans.flush(timeoutMs), lines.flush(timeoutMs)]);
}
