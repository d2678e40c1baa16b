import { HttpProblem } from '@sprout/process';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Request, RequestHandler } from 'express';
import { identityOf } from './identity.ts';

/** Credentials that may be wrong in a minute, from one address. */
export const failuresPerMinuteMax = 30;

const windowMs = 60_000;

/** Limits requests of each identity, or of each address where nobody is asked. */
export function limitRequests(requestsPerMinute: number): RequestHandler {
  return rateLimit({
    windowMs,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    identifier: 'requests',
    legacyHeaders: false,
    keyGenerator: callerOf,
    handler: refuse,
  });
}

/** Limits guesses: answers with 401 count, whatever else an address asks does not. */
export function limitFailures(): RequestHandler {
  return rateLimit({
    windowMs,
    limit: failuresPerMinuteMax,
    standardHeaders: 'draft-8',
    identifier: 'failures',
    legacyHeaders: false,
    keyGenerator: addressOf,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, { statusCode }) => statusCode !== 401,
    handler: refuse,
  });
}

function callerOf(request: Request): string {
  const identity = identityOf(request);
  return identity === undefined || identity.by === 'open'
    ? addressOf(request)
    : `${identity.by} ${identity.name}`;
}

const addressOf = ({ ip }: Request) => ipKeyGenerator(ip ?? '');

/** `Retry-After` is set already. */
const refuse: RequestHandler = () => {
  throw new HttpProblem(429, 'Too many requests', {
    code: 'RATE_LIMITED',
    detail: 'more was asked for in a minute than is answered',
    hint: 'wait as long as Retry-After says; api.requestsPerMinute in sprout.config.ts sets the limit',
  });
};
