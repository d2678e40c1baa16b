import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '@sprout/process';
import { Agent, request as call } from 'undici';
import type { Dispatcher } from 'undici';
import { requestBody } from './request-body.ts';

/** How a call to a service went, up to the headers of its answer. */
export type UpstreamCall =
  | { readonly kind: 'response'; readonly response: Dispatcher.ResponseData }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable'; readonly cause: unknown }
  /** The caller's fault, or the caller is gone: says nothing about the service. */
  | { readonly kind: 'caller'; readonly cause: unknown };

/** Where a call goes, and with which headers. */
export interface Target {
  readonly url: string;
  readonly headers: Record<string, string | string[]>;
}

/** A call nobody waits for any more is ended after this, so that calls do not pile up. */
const abandonedMsMax = 60_000;

/** Connections to services, kept for the next call; the caller's patience limits an answer. */
const connections = new Agent({ headersTimeout: abandonedMsMax, bodyTimeout: 0 });

/**
 * Calls a service and waits for the headers of its answer, `timeLimitMs` at most. A call that
 * takes longer is left running, as it may change something; its answer is thrown away.
 */
export async function callUpstream(
  request: IncomingMessage,
  target: Target,
  timeLimitMs: number,
): Promise<UpstreamCall> {
  const sent = send(request, target);
  const { promise: late, resolve } = Promise.withResolvers<UpstreamCall>();
  const timer = setTimeout(() => resolve({ kind: 'timeout' }), timeLimitMs);
  const outcome = await Promise.race([sent, late]);
  clearTimeout(timer);
  if (outcome.kind !== 'timeout') return outcome;
  void discard(sent);
  // A service cannot answer a request whose body its caller has not sent.
  return request.complete ? outcome : { kind: 'caller', cause: bodyTooSlow() };
}

async function send(request: IncomingMessage, { url, headers }: Target): Promise<UpstreamCall> {
  try {
    const response = await call(url, {
      method: request.method ?? 'GET',
      headers,
      body: requestBody(request),
      dispatcher: connections,
    });
    return { kind: 'response', response };
  } catch (cause) {
    return { kind: isCallers(cause, request) ? 'caller' : 'unreachable', cause };
  }
}

function isCallers(error: unknown, request: IncomingMessage): boolean {
  if (error instanceof HttpProblem) return true;
  return request.destroyed && !request.complete;
}

async function discard(sent: Promise<UpstreamCall>): Promise<void> {
  const outcome = await sent;
  if (outcome.kind !== 'response') return;
  try {
    await outcome.response.body.dump();
  } catch {
    // Nobody waits for it any more, so that it broke off is nobody's loss.
  }
}

function bodyTooSlow(): HttpProblem {
  return new HttpProblem(408, 'The body took too long', { type: '/errors/gateway/body-too-slow' });
}
