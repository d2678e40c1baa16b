import type { Observability } from '@sprout/instrumentation';
import type { MarketAccess } from '@sprout/process';
import { Router } from 'express';
import type { Request, Response } from 'express';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientError,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { sendProblem } from '../../../src/api/send-problem.ts';
import { rolesIn } from '../../../src/roles.ts';
import { refusal } from '../access/refusals.ts';
import type { RefusalReason } from '../access/refusals.ts';
import { logins } from '../signals.ts';
import { loginCookie, sessionCookie } from './cookies.ts';
import type { Issuer } from './issuer.ts';
import { attemptSeconds } from './login-attempts.ts';
import type { LoginAttempt, LoginAttempts } from './login-attempts.ts';
import type { Session, Sessions } from './sessions.ts';

export interface LoginParts {
  readonly access: Pick<MarketAccess, 'rolesClaim' | 'session'>;
  readonly issuer: Issuer;
  readonly attempts: LoginAttempts;
  readonly sessions: Sessions;
  /** Where people reach the gateway. */
  readonly publicUrl: () => string;
  readonly telemetry: Pick<Observability, 'bind' | 'logger'>;
}

/** Login by authorization code and PKCE, logout, and who is logged in. */
export function loginRoutes(parts: LoginParts): Router {
  const outcomes = parts.telemetry.bind(logins);
  const router = Router();
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  const route =
    (handle: (parts: LoginParts, request: Request, response: Response) => Promise<Outcome>) =>
    async (request: Request, response: Response) => {
      const outcome = await handle(parts, request, response);
      if (outcome !== 'none') outcomes.inc({ outcome });
    };
  router.get('/login', route(begin));
  router.get('/login/callback', route(complete));
  router.get('/session', route(tell));
  router.post('/logout', route(end));
  return router;
}

type Outcome =
  | 'started'
  | 'completed'
  | 'failed'
  | 'expired'
  | 'ended'
  | 'sessions_unavailable'
  | 'identity_unavailable'
  | 'none';

/** Sends the browser to the provider. */
async function begin(parts: LoginParts, request: Request, response: Response): Promise<Outcome> {
  const { publicUrl } = parts;
  // The cookie must be set where the provider sends the browser back to.
  if (request.host !== new URL(publicUrl()).host) {
    response.redirect(new URL(request.originalUrl, publicUrl()).href);
    return 'none';
  }
  const issuer = await parts.issuer().catch(() => undefined);
  if (issuer === undefined) return refuse(request, response, 'identity_unavailable');
  const attempt = newAttempt(request);
  const id = await parts.attempts.begin(attempt).catch(() => undefined);
  if (id === undefined) return refuse(request, response, 'sessions_unavailable');
  loginCookie.set(request, response, id, attemptSeconds);
  const url = buildAuthorizationUrl(issuer, {
    redirect_uri: callbackUrl(publicUrl()),
    scope: 'openid profile email roles',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
  });
  response.redirect(url.href);
  return 'started';
}

/** Takes the code that the provider sent, and begins the session. */
async function complete(parts: LoginParts, request: Request, response: Response): Promise<Outcome> {
  const id = loginCookie.read(request) ?? '';
  const attempt = await parts.attempts.take(id).catch(() => 'away' as const);
  if (attempt === 'away') return refuse(request, response, 'sessions_unavailable');
  loginCookie.clear(request, response);
  if (attempt === undefined) return expired(request, response);
  const session = await signIn(parts, request, attempt).catch((error: unknown) => {
    parts.telemetry.logger.warn('login failed', { 'exception.message': reasonOf(error) });
    return error instanceof ClientError || isProvidersWord(error) ? 'failed' : 'away';
  });
  if (session === 'away') return refuse(request, response, 'identity_unavailable');
  if (session === 'failed') return failed(request, response);
  const cookie = await parts.sessions.begin(session).catch(() => undefined);
  if (cookie === undefined) return refuse(request, response, 'sessions_unavailable');
  sessionCookie.set(request, response, cookie, parts.access.session.maxSeconds);
  parts.telemetry.logger.info('login', { subject: session.subject, roles: session.roles });
  response.redirect(303, attempt.returnTo);
  return 'completed';
}

async function signIn(
  { access, issuer, publicUrl }: LoginParts,
  request: Request,
  { state, nonce, verifier }: LoginAttempt,
): Promise<Session> {
  const configuration = await issuer();
  const tokens = await authorizationCodeGrant(
    configuration,
    new URL(request.originalUrl, publicUrl()),
    {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    },
  );
  const subject = tokens.claims()?.sub ?? '';
  const person = await fetchUserInfo(configuration, tokens.access_token, subject);
  return {
    subject,
    name: person.name ?? '',
    roles: rolesIn(person[access.rolesClaim]),
    idToken: tokens.id_token ?? '',
  };
}

/** Says who is logged in. */
async function tell({ sessions }: LoginParts, request: Request, response: Response) {
  const session = await sessionOf(sessions, request);
  if (session === 'away') return refuse(request, response, 'sessions_unavailable');
  if (session === undefined) refuse(request, response, 'unauthenticated');
  else response.json({ subject: session.subject, name: session.name, roles: session.roles });
  return 'none' as const;
}

/** Ends the session here, then sends the browser to end the one at the provider. */
async function end(parts: LoginParts, request: Request, response: Response): Promise<Outcome> {
  const session = await sessionOf(parts.sessions, request);
  if (session === 'away') return refuse(request, response, 'sessions_unavailable');
  await parts.sessions.end(sessionCookie.read(request) ?? '');
  sessionCookie.clear(request, response);
  const issuer = await parts.issuer().catch(() => undefined);
  const home = `${parts.publicUrl()}/`;
  if (session !== undefined) parts.telemetry.logger.info('logout', { subject: session.subject });
  // Not every provider has a logout: the session here ends all the same.
  if (session === undefined || issuer?.serverMetadata().end_session_endpoint === undefined) {
    response.redirect(303, home);
    return 'ended';
  }
  const hint = { id_token_hint: session.idToken, post_logout_redirect_uri: home };
  response.redirect(303, buildEndSessionUrl(issuer, hint).href);
  return 'ended';
}

function sessionOf(sessions: Sessions, request: Request): Promise<Session | undefined | 'away'> {
  const cookie = sessionCookie.read(request);
  if (cookie === undefined) return Promise.resolve(undefined);
  return sessions.find(cookie).catch(() => 'away' as const);
}

function newAttempt(request: Request): LoginAttempt {
  return {
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    returnTo: ownPath(request.query['returnTo']),
  };
}

/** A path of this site; anything else could send people to somebody else's. */
function ownPath(given: unknown): string {
  return typeof given === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(given)
    ? given
    : '/session';
}

function callbackUrl(publicUrl: string): string {
  return `${publicUrl}/login/callback`;
}

function refuse<T extends RefusalReason>(request: Request, response: Response, reason: T): T {
  const { problem, headers = {} } = refusal(reason);
  sendProblem(request, response.set(headers), problem);
  return reason;
}

function expired(request: Request, response: Response): Outcome {
  sendProblem(request, response, {
    type: '/errors/gateway/login-expired',
    title: 'This login is not under way',
    status: 400,
    detail:
      'it has been completed, has expired, or began in another browser; GET /login begins anew',
  });
  return 'expired';
}

function failed(request: Request, response: Response): Outcome {
  sendProblem(request, response, {
    type: '/errors/gateway/login-failed',
    title: 'The provider did not confirm who you are',
    status: 401,
    detail: 'GET /login begins anew',
  });
  return 'failed';
}

/** What the provider refused, as opposed to a provider that cannot be reached. */
function isProvidersWord(error: unknown): boolean {
  const code = error instanceof Error && 'error' in error ? error.error : undefined;
  return typeof code === 'string';
}

/** Without the values at fault: they may be codes or tokens. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? `${error.name}: ${String(error.code)}` : error.name;
}
