import type { Observability } from '@sprout/instrumentation';
import express, { Router } from 'express';
import type { Request, Response } from 'express';
import type Provider from 'oidc-provider';
import { createTokenBuckets } from '../../src/token-buckets.ts';
import { signInSchema } from './identity-openapi.ts';
import { signInPage } from './pages.ts';
import type { SignInTrouble } from './pages.ts';
import type { People } from './people.ts';
import { signIns } from './signals.ts';

export interface SignInParts {
  readonly provider: Provider;
  readonly people: People;
  readonly telemetry: Pick<Observability, 'bind'>;
}

const formBytesMax = 4_096;
/** Guesses at one email's password: ten at once, then one in ten seconds. */
const guesses = { perSecond: 0.1, burst: 10 };
const statusOf = { wrong: 401, often: 429, expired: 400 } as const;

/** The page on which people sign in. */
export function signInRoutes({ provider, people, telemetry }: SignInParts): Router {
  const outcomes = telemetry.bind(signIns);
  const attempts = createTokenBuckets(() => performance.now());
  const refuse = (request: Request, response: Response, trouble: SignInTrouble) => {
    outcomes.inc({ outcome: trouble });
    send(request, response.status(statusOf[trouble]), trouble);
  };
  const router = Router();
  router.get('/interaction/:uid', async (request, response) => {
    if (await isUnderWay(provider, request, response)) send(request, response);
    else refuse(request, response, 'expired');
  });
  router.post('/interaction/:uid', form(), async (request, response) => {
    if (!(await isUnderWay(provider, request, response))) {
      return refuse(request, response, 'expired');
    }
    const parsed = signInSchema.safeParse(request.body);
    if (!parsed.success) return refuse(request, response, 'wrong');
    const { email, password } = parsed.data;
    if (attempts.take(email.toLowerCase(), guesses) > 0) return refuse(request, response, 'often');
    const person = people.withPassword(email, password);
    if (person === undefined) return refuse(request, response, 'wrong');
    outcomes.inc({ outcome: 'signed_in' });
    await provider.interactionFinished(request, response, { login: { accountId: person.subject } });
  });
  return router;
}

function form() {
  return express.urlencoded({ extended: false, limit: formBytesMax, parameterLimit: 10 });
}

/** The provider knows by a cookie of the browser whether it has asked this one to sign in. */
async function isUnderWay(provider: Provider, request: Request, response: Response) {
  try {
    const { uid, prompt } = await provider.interactionDetails(request, response);
    return uid === request.params['uid'] && prompt.name === 'login';
  } catch {
    // It has ended, or belongs to another browser.
    return false;
  }
}

function send(request: Request, response: Response, trouble?: SignInTrouble): void {
  const language = request.acceptsLanguages('en', 'ko') === 'ko' ? 'ko' : 'en';
  response
    .set({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .type('html')
    .send(signInPage(language, String(request.params['uid']), trouble));
}
