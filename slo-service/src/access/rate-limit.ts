import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Request, RequestHandler } from 'express';
import { identityOf } from './identity.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

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
  throw new SpokenProblem(429, 'RATE_LIMITED', {
    title: { en: 'Too many requests', ko: '요청이 너무 많습니다' },
    detail: {
      en: 'more was asked for in a minute than is answered',
      ko: '1분 동안 답할 수 있는 것보다 많이 요청했습니다',
    },
    hint: {
      en: 'wait as long as Retry-After says; api.requestsPerMinute in sprout.config.ts sets the limit',
      ko: 'Retry-After만큼 기다린 뒤 다시 요청하세요. 한도는 sprout.config.ts의 api.requestsPerMinute입니다',
    },
  });
};
