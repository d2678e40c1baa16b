import type { IncomingMessage, ServerResponse } from 'node:http';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import type { Attributes, Span } from '@opentelemetry/api';
import { httpServerRequestDuration } from '@sprout/signals/catalogue';
import type { Logger } from 'winston';
import { boundedLabel } from '../metric/bounded-label.ts';
import type { BoundHistogram, Metrics } from '../metric/metrics.ts';
import { carriesContext } from '../trace/propagators.ts';
import type { Tracing } from '../trace/tracing.ts';
import { exemplarOf } from './exemplar.ts';
import { methodLabel } from './method.ts';
import { routeOf } from './route.ts';
import { onChannel } from './subscriptions.ts';
import type { Unsubscribe } from './subscriptions.ts';

/** Requests of the platform itself; they would drown the real ones. */
export const unobservedPaths: ReadonlySet<string> = new Set(['/metrics', '/healthz', '/readyz']);

/** Distinct routes of one service before the label value becomes `other`. */
export const routesMax = 200;

/** nginx's number for a client that went away before the answer was complete. */
const clientClosedRequest = 499;

/**
 * Makes a SERVER span and an observation of each request that any HTTP server answers. While
 * `stopping`, connections end with their next response: `server.close()` waits for connections
 * that are kept alive, and a busy client keeps them for ever. A `logger` gets a line per request.
 */
export function watchHttpServer(
  tracing: Tracing,
  metrics: Metrics,
  stopping: () => boolean,
  logger: Logger | undefined,
): Unsubscribe {
  const duration = metrics.bind(httpServerRequestDuration);
  const boundRoute = boundedLabel(routesMax);
  return onChannel('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (stopping()) response.setHeader('connection', 'close');
    const path = pathOf(request);
    if (unobservedPaths.has(path)) return;
    const startedMs = performance.now();
    const span = startSpan(tracing, request, path);
    response.once('close', () => {
      const route = routeOf(request, response.statusCode);
      endRequest(span, request, response, route);
      observe(duration, span, request, response, boundRoute(route ?? 'unmatched'), startedMs);
      if (logger !== undefined) logRequest(logger, span, request, response, startedMs);
    });
  });
}

function startSpan(tracing: Tracing, request: IncomingMessage, path: string): Span {
  // Never the running context: a pipelined request starts inside the callback of the one before.
  const parent = carriesContext(request.headers)
    ? tracing.propagator.extract(ROOT_CONTEXT, request.headers, headerGetter)
    : ROOT_CONTEXT;
  const method = methodLabel(request.method);
  const options = { kind: SpanKind.SERVER, attributes: requestAttributes(request, method, path) };
  const span = tracing.tracer.startSpan(method, options, parent);
  // The server calls its handler right after this event, in the same callback.
  tracing.attach(trace.setSpan(parent, span));
  return span;
}

const headerGetter = {
  keys: (headers: IncomingMessage['headers']) => Object.keys(headers),
  get: (headers: IncomingMessage['headers'], key: string) => headers[key],
};

function requestAttributes(request: IncomingMessage, method: string, path: string): Attributes {
  const { host, 'user-agent': userAgent } = request.headers;
  return {
    'http.request.method': method,
    'url.path': path,
    'url.scheme': 'encrypted' in request.socket ? 'https' : 'http',
    ...(host !== undefined && { 'server.address': host }),
    ...(userAgent !== undefined && { 'user_agent.original': userAgent }),
  };
}

function endRequest(
  span: Span,
  request: IncomingMessage,
  response: ServerResponse,
  route: string | undefined,
): void {
  if (span.isRecording()) {
    if (route !== undefined) {
      span.updateName(`${methodLabel(request.method)} ${route}`);
      span.setAttribute('http.route', route);
    }
    const status = statusOf(response);
    span.setAttribute('http.response.status_code', status);
    if (status >= 500 || status === clientClosedRequest) {
      span.setAttribute('error.type', String(status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
  }
  span.end();
}

function observe(
  duration: BoundHistogram<typeof httpServerRequestDuration.labels>,
  span: Span,
  request: IncomingMessage,
  response: ServerResponse,
  route: string,
  startedMs: number,
): void {
  const labels = {
    http_request_method: methodLabel(request.method),
    http_route: route,
    http_response_status_code: String(statusOf(response)),
  };
  duration.observe(labels, (performance.now() - startedMs) / 1000, exemplarOf(span));
}

/** The path goes without its query, which may carry what must not be logged. */
function logRequest(
  logger: Logger,
  span: Span,
  request: IncomingMessage,
  response: ServerResponse,
  startedMs: number,
): void {
  const status = statusOf(response);
  const line = `${methodLabel(request.method)} ${pathOf(request)} ${status}`;
  context.with(trace.setSpan(ROOT_CONTEXT, span), () =>
    logger.log(status >= 500 ? 'warn' : 'info', line, {
      'http.response.status_code': status,
      duration_ms: Math.round((performance.now() - startedMs) * 10) / 10,
    }),
  );
}

function statusOf(response: ServerResponse): number {
  return response.writableFinished ? response.statusCode : clientClosedRequest;
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
