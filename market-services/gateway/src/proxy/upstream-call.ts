import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '@sprout/process';
import { requestBody } from './request-body.ts';

/** How a call to a service went, up to the headers of its answer. */
export type UpstreamCall =
  | { readonly kind: 'response'; readonly response: Response }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable'; readonly cause: unknown }
  /** The caller's fault, or the caller is gone: says nothing about the service. */
  | { readonly kind: 'caller'; readonly cause: unknown };

/** Where a call goes, and with which headers. */
export interface Target {
  readonly url: string;
  readonly headers: Headers;
}

/** A call nobody waits for any more is ended after this, so that calls do not pile up. */
const abandonedMsMax = 60_000;

/**
 * Calls a service and waits for the headers of its answer, `timeLimitMs` at most. A call that
 * takes longer is left running, as it may change something; its answer is thrown away.
 */
export async function callUpstream(
  request: IncomingMessage,
  target: Target,
  timeLimitMs: number,
): Promise<UpstreamCall> {
  const call = send(request, target);
  const { promise: late, resolve } = Promise.withResolvers<UpstreamCall>();
  const timer = setTimeout(() => resolve({ kind: 'timeout' }), timeLimitMs);
  const outcome = await Promise.race([call, late]);
  clearTimeout(timer);
  if (outcome.kind !== 'timeout') return outcome;
  void discard(call);
  // A service cannot answer a request whose body its caller has not sent.
  return request.complete ? outcome : { kind: 'caller', cause: bodyTooSlow() };
}

async function send(request: IncomingMessage, { url, headers }: Target): Promise<UpstreamCall> {
  const abandoning = new AbortController();
  const timer = setTimeout(() => abandoning.abort(), abandonedMsMax);
  try {
    const body = requestBody(request);
    const response = await fetch(url, {
      method: request.method ?? 'GET',
      headers,
      redirect: 'manual',
      signal: abandoning.signal,
      ...(body !== undefined && { body, duplex: 'half' }),
    });
    return { kind: 'response', response };
  } catch (cause) {
    return { kind: isCallers(cause, request) ? 'caller' : 'unreachable', cause };
  } finally {
    clearTimeout(timer);
  }
}

/** Fetch wraps what the body's stream failed with. */
function isCallers(error: unknown, request: IncomingMessage): boolean {
  if (error instanceof HttpProblem) return true;
  if (error instanceof Error && error.cause instanceof HttpProblem) return true;
  return request.destroyed && !request.complete;
}

async function discard(call: Promise<UpstreamCall>): Promise<void> {
  const outcome = await call;
  if (outcome.kind === 'response') await outcome.response.body?.cancel();
}

function bodyTooSlow(): HttpProblem {
  return new HttpProblem(408, 'The body took too long', { type: '/errors/gateway/body-too-slow' });
}
