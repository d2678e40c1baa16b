import { HttpProblem } from '@sprout/process';
import type { NextFunction, Request, Response } from 'express';
import type { LimitFunction } from 'p-limit';
import type { Dispatcher } from 'undici';
import { sendProblem } from '../../../src/api/send-problem.ts';
import type { Gatekeeper } from '../access/gatekeeper.ts';
import type { Identity } from '../access/identity.ts';
import type { Refusal, RefusalReason } from '../access/refusals.ts';
import type { Breaker } from '../breaker/breaker.ts';
import { fallback } from '../fallback.ts';
import type { Instances } from '../instances.ts';
import { destinationOf } from '../routes.ts';
import type { Destination } from '../routes.ts';
import type { Outcome, Route } from '../signals.ts';
import { passOn } from './answer.ts';
import { upstreamHeaders } from './headers.ts';
import { hasBody } from './request-body.ts';
import { callUpstream } from './upstream-call.ts';
import type { Target, UpstreamCall } from './upstream-call.ts';

/** Who asked for a change, and what came of it. */
export interface Change {
  /** Undefined while nobody knew who it is. */
  readonly subject: string | undefined;
  readonly route: Route;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** 499 when the caller left before the end of the answer. */
  readonly status: number;
}

const clientClosedRequest = 499;

export interface ProxyParts {
  readonly gatekeeper: Pick<Gatekeeper, 'admit'>;
  readonly instances: Instances;
  readonly breakers: Readonly<Record<Route, Breaker>>;
  /**
   * Lets in a route's calls in the order they came, as many at once as its service can work on:
   * thousands of connections would cost both sides more than waiting does. Whoever waits is told
   * in time, as everyone before is.
   */
  readonly lines: Readonly<Record<Route, LimitFunction>>;
  readonly timeLimitMs: number;
  /** Monotonic. */
  readonly nowMs: () => number;
  /** Told of every request of a route, when its answer has ended. */
  readonly ended: (route: Route, outcome: Outcome, seconds: number) => void;
  /** Told of every call to a service, or the refusal to make it. */
  readonly called: (route: Route, kind: 'success' | 'failure' | 'slow' | 'not_permitted') => void;
  /** Told of every request that would change something, when its answer has ended. */
  readonly changed: (change: Change) => void;
  /** Told of every request that was not let in. */
  readonly refused: (reason: RefusalReason, request: Request) => void;
}

/** Makes the handler that passes requests on; what no route takes is left to the next handler. */
export function createProxy(parts: ProxyParts) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const destination = destinationOf(request.method, request.originalUrl);
    if (destination === undefined) return next();
    const startMs = parts.nowMs();
    const closed = new Promise((resolve) => response.once('close', resolve));
    const { outcome, subject } = await answer(parts, destination, request, response);
    await closed;
    const seconds = (parts.nowMs() - startMs) / 1000;
    const { route } = destination;
    parts.ended(route, outcome(), seconds);
    const { method, path } = request;
    if (method !== 'GET') {
      const status = response.writableFinished ? response.statusCode : clientClosedRequest;
      parts.changed({ subject, route, method, path, status });
    }
  };
}

interface Answer {
  /** Tells, once the answer has ended, how. */
  readonly outcome: () => Outcome;
  readonly subject: string | undefined;
}

async function answer(
  parts: ProxyParts,
  destination: Destination,
  request: Request,
  response: Response,
): Promise<Answer> {
  const admission = await parts.gatekeeper.admit(request, destination);
  if (admission.kind === 'refused') {
    parts.refused(admission.refusal.reason, request);
    turnAway(admission.refusal, request, response);
    const outcome = outcomeOf(admission.refusal.problem.status);
    return { outcome: unlessClosed(response, outcome), subject: undefined };
  }
  const { identity } = admission;
  const outcome = await answerFrom(parts, destination, request, response, identity);
  return { outcome, subject: identity?.subject };
}

/** Resolves to a function that, once the answer has ended, tells how. */
async function answerFrom(
  parts: ProxyParts,
  destination: Destination,
  request: Request,
  response: Response,
  identity: Identity | undefined,
): Promise<() => Outcome> {
  const deadlineMs = parts.nowMs() + parts.timeLimitMs;
  const call = await parts.lines[destination.route](() =>
    guardedCall(parts, destination, request, identity, deadlineMs),
  );
  switch (call.kind) {
    case 'response':
      return passAnswerOn(call.response, destination, response, parts.timeLimitMs);
    case 'caller':
      answerCaller(call.cause, request, response);
      return unlessClosed(response, 'client_error');
    default:
      sendProblem(request, response, fallback(destination.route, call.kind));
      return unlessClosed(response, call.kind);
  }
}

function unlessClosed(response: Response, outcome: Outcome): () => Outcome {
  return () => (response.writableFinished ? outcome : 'client_closed');
}

type GuardedCall = UpstreamCall | { readonly kind: 'breaker_open' };

/**
 * Calls the service if its breaker permits, and tells the breaker how it went. What waited in line
 * until its time was over is not called, and what waited for most of it and then ran out of time
 * is not held against the service: it says nothing about it.
 */
async function guardedCall(
  parts: ProxyParts,
  { route, prefix, path }: Destination,
  request: Request,
  identity: Identity | undefined,
  deadlineMs: number,
): Promise<GuardedCall> {
  const startMs = parts.nowMs();
  if (startMs >= deadlineMs) return { kind: 'timeout' };
  const breaker = parts.breakers[route];
  if (!breaker.tryAcquire()) {
    parts.called(route, 'not_permitted');
    return { kind: 'breaker_open' };
  }
  const headers = upstreamHeaders(request, prefix, identity);
  const callOnce = () => callOne(parts, route, path, headers, request, deadlineMs);
  let call = await callOnce();
  // A read that found nobody, or a connection that broke, can be asked of another.
  if (call.kind === 'unreachable' && !hasBody(request) && request.method === 'GET') {
    call = await callOnce();
  }
  const hurried = deadlineMs - startMs < parts.timeLimitMs / 2;
  if (call.kind === 'caller' || (call.kind === 'timeout' && hurried)) {
    breaker.release();
    return call;
  }
  const result = call.kind === 'response' && call.response.statusCode < 500 ? 'success' : 'failure';
  const slow = breaker.record(result, parts.nowMs() - startMs);
  parts.called(route, result === 'success' && slow ? 'slow' : result);
  return call;
}

async function callOne(
  { instances, nowMs }: ProxyParts,
  route: Route,
  path: string,
  headers: Target['headers'],
  request: Request,
  deadlineMs: number,
): Promise<UpstreamCall> {
  const base = instances.pick(route);
  if (base === undefined) {
    return { kind: 'unreachable', cause: `no instance of ${route} is known` };
  }
  const call = await callUpstream(request, { url: base + path, headers }, deadlineMs - nowMs());
  if (call.kind === 'unreachable') instances.avoid?.(base);
  return call;
}

async function passAnswerOn(
  answer: Dispatcher.ResponseData,
  { prefix }: Destination,
  response: Response,
  stallMs: number,
): Promise<() => Outcome> {
  const callerGone = () => response.destroyed && !response.writableFinished;
  try {
    await passOn(answer, response, prefix, stallMs);
  } catch {
    // Either side broke off; the connection is closed and only the outcome is left to tell.
    const gone = callerGone() && response.errored === null;
    response.destroy();
    return () => (gone ? 'client_closed' : 'server_error');
  }
  return () => (callerGone() ? 'client_closed' : outcomeOf(answer.statusCode));
}

/** Nothing of the body was read; a connection that still carries it cannot be used again. */
function turnAway({ problem, headers = {} }: Refusal, request: Request, response: Response): void {
  if (!request.complete) response.setHeader('connection', 'close');
  sendProblem(request, response.set(headers), problem);
}

function answerCaller(cause: unknown, request: Request, response: Response): void {
  const problem = problemOf(cause);
  if (problem === undefined || response.destroyed) {
    response.destroy();
    return;
  }
  // What is left of the body is not read; the connection cannot be used again.
  response.setHeader('connection', 'close');
  sendProblem(request, response, problem);
}

function problemOf(error: unknown) {
  return error instanceof HttpProblem ? error.problem : undefined;
}

function outcomeOf(status: number): Outcome {
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'client_error' : 'answered';
}
