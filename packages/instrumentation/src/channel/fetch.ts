import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { httpClientRequestDuration } from '@sprout/signals/catalogue';
import { boundedLabel } from '../metric/bounded-label.ts';
import type { BoundHistogram, Metrics } from '../metric/metrics.ts';
import type { Tracing } from '../trace/tracing.ts';
import { exemplarOf } from './exemplar.ts';
import { methodLabel } from './method.ts';
import { onChannel } from './subscriptions.ts';
import type { Unsubscribe } from './subscriptions.ts';

/** Distinct peers of one service before the label value becomes `other`. */
export const peersMax = 100;

/** The part of undici's request that its channels are documented to carry. */
interface UndiciRequest {
  readonly origin: string | URL;
  readonly path: string;
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: readonly unknown[];
  addHeader(name: string, value: string): void;
}

interface Running {
  readonly span: Span;
  readonly startedMs: number;
  readonly peer: string;
  status?: number;
}

/**
 * Makes a CLIENT span and an observation of each `fetch`, and of what an undici of one's own sends,
 * and hands the trace on in its headers.
 */
export function watchFetch(tracing: Tracing, metrics: Metrics): Unsubscribe {
  const running = new WeakMap<object, Running>();
  const duration = metrics.bind(httpClientRequestDuration);
  const boundPeer = boundedLabel(peersMax);
  const finish = (request: UndiciRequest, error?: unknown) => {
    const state = running.get(request);
    if (state === undefined) return;
    running.delete(request);
    endSpan(state, error);
    observe(duration, request.method, state);
  };
  const undo = [
    onChannel('undici:request:create', (message) => {
      const { request } = message as { request: UndiciRequest };
      const state = start(tracing, request, boundPeer);
      if (state !== undefined) running.set(request, state);
    }),
    onChannel('undici:request:headers', (message) => {
      const { request, response } = message as {
        request: UndiciRequest;
        response: { statusCode: number };
      };
      const state = running.get(request);
      if (state !== undefined) state.status = response.statusCode;
    }),
    onChannel('undici:request:trailers', (message) =>
      finish((message as { request: UndiciRequest }).request),
    ),
    onChannel('undici:request:error', (message) => {
      const { request, error } = message as { request: UndiciRequest; error: unknown };
      finish(request, error);
    }),
  ];
  return () => {
    for (const one of undo) one();
  };
}

function start(
  tracing: Tracing,
  request: UndiciRequest,
  boundPeer: (peer: string) => string,
): Running | undefined {
  const parent = context.active();
  if (isTracingSuppressed(parent)) return undefined;
  const url = new URL(request.path, request.origin);
  const span = tracing.tracer.startSpan(
    methodLabel(request.method),
    { kind: SpanKind.CLIENT, attributes: urlAttributes(url, request.method) },
    parent,
  );
  if (!carriesTrace(request)) {
    propagation.inject(trace.setSpan(parent, span), request, {
      set: (carrier, name, value) => carrier.addHeader(name, value),
    });
  }
  return { span, startedMs: performance.now(), peer: boundPeer(url.host) };
}

/** A second `traceparent` would make both invalid; the one the caller wrote stays. */
function carriesTrace({ headers }: UndiciRequest): boolean {
  return headers.some((name) => typeof name === 'string' && name.toLowerCase() === 'traceparent');
}

/** Queries are left out: they hold what people typed. */
function urlAttributes(url: URL, method: string) {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return {
    'http.request.method': methodLabel(method),
    'url.full': url.origin + url.pathname,
    'server.address': url.hostname,
    'server.port': port,
  };
}

function endSpan({ span, status }: Running, error: unknown): void {
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  if (error !== undefined) {
    span.setAttribute('error.type', error instanceof Error ? error.name : '_OTHER');
    span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
  } else if (status !== undefined && status >= 400) {
    span.setAttribute('error.type', String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

function observe(
  duration: BoundHistogram<typeof httpClientRequestDuration.labels>,
  method: string,
  { span, startedMs, peer, status }: Running,
): void {
  const labels = {
    http_request_method: methodLabel(method),
    server_address: peer,
    http_response_status_code: String(status ?? 'error'),
  };
  duration.observe(labels, (performance.now() - startedMs) / 1000, exemplarOf(span));
}
