import { parseCookie } from 'cookie';
import { Router, urlencoded } from 'express';
import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';
import { bodyOf, queryOf } from '../api/input.ts';
import { languageOf } from '../api/language-of.ts';
import { reportHeaders } from '../api/security-headers.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Access } from './access.ts';
import { matchKey } from './api-key.ts';
import { sessionCookie } from './authenticate.ts';
import { loginPage } from './login-page.ts';
import { loginSeconds, sessionSeconds } from './session.ts';
import type { Session } from './session.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

const loginCookie = 'sprout_login';
const formBytesMax = 4096;

const returnQuery = z.object({ return: z.string().max(2000).default('/').transform(ownPath) });
const sessionForm = returnQuery.extend({ key: z.string().trim().max(200) });

/** `/login` and `/auth/…`: how browsers sign in and out. */
export function loginRoutes(context: ServiceContext): Router {
  const router = Router();
  const { access } = context;
  if (access === undefined) return router;
  router.get('/login', (request, response) => {
    showPage(request, response, access, queryOf(request, returnQuery).return, false);
  });
  router.post(
    '/auth/session',
    urlencoded({ extended: false, limit: formBytesMax }),
    async (request, response) => {
      const { key, return: returnTo } = bodyOf(request, sessionForm);
      const known = matchKey(key, access.keys());
      if (known === undefined) {
        return showPage(request, response.status(401), access, returnTo, true);
      }
      const { id: keyId, name, role } = known;
      await signIn(
        context,
        access,
        response,
        { name: `key:${name}`, role, keyId },
        returnTo,
        request,
      );
    },
  );
  router.post('/auth/logout', (_request, response) => {
    response.clearCookie(sessionCookie, { path: '/' }).redirect(303, '/login');
  });
  router.get('/auth/oidc', async (request, response) => {
    const here = new URL(request.originalUrl, context.ownUrl());
    // The provider sends browsers back to the own URL, and cookies stay with their host.
    if (here.host !== request.headers.host) return response.redirect(here.href);
    const { return: returnTo } = queryOf(request, returnQuery);
    const { url, pending } = await oidcOf(access).start(callbackUrl(context), returnTo);
    const login = await access.sessions.sealLogin(pending);
    response.cookie(loginCookie, login, cookieOptions(context, loginSeconds));
    response.redirect(url.href);
  });
  router.get('/auth/callback', async (request, response) => {
    const token = parseCookie(request.headers.cookie ?? '')[loginCookie];
    const pending = token === undefined ? undefined : await access.sessions.openLogin(token);
    if (pending === undefined) throw notBegun;
    const callback = new URL(request.originalUrl, callbackUrl(context));
    const { name, role } = await oidcOf(access).finish(callback, pending);
    response.clearCookie(loginCookie, { path: '/' });
    await signIn(context, access, response, { name, role }, pending.returnTo, request);
  });
  return router;
}

function showPage(
  request: Request,
  response: Response,
  { oidc }: Access,
  returnTo: string,
  failed: boolean,
): void {
  const language = languageOf(request);
  const page = loginPage({ language, returnTo, hasOidc: oidc !== undefined, failed });
  response.set(reportHeaders).set('Cache-Control', 'no-store').type('html').send(page);
}

async function signIn(
  context: ServiceContext,
  { sessions }: Access,
  response: Response,
  session: Session,
  returnTo: string,
  request: Request,
): Promise<void> {
  const by = { by: session.name, role: session.role };
  await context.audit.write(request, { action: 'session.create', target: session.name, by });
  const token = await sessions.seal(session);
  response.cookie(sessionCookie, token, cookieOptions(context, sessionSeconds));
  response.redirect(303, returnTo);
}

/** Lax, because the identity provider's redirect must bring the cookie along. */
function cookieOptions({ ownUrl }: ServiceContext, seconds: number): CookieOptions {
  const secure = ownUrl().startsWith('https:');
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: seconds * 1000 };
}

const callbackUrl = ({ ownUrl }: ServiceContext) => new URL('/auth/callback', ownUrl()).href;

/** A page of ours, or the first one: nobody is sent elsewhere by an address. */
function ownPath(path: string): string {
  const base = 'http://own';
  const url = URL.parse(path, base);
  return url?.origin === base ? `${url.pathname}${url.search}` : '/';
}

function oidcOf({ oidc }: Access) {
  if (oidc !== undefined) return oidc;
  throw new SpokenProblem(404, 'OIDC_NOT_CONFIGURED', {
    title: { en: 'No identity provider is configured', ko: '인증 서버가 설정되지 않았습니다' },
    hint: {
      en: 'sign in with a key at /login, or write access.oidc in sprout.config.ts',
      ko: '/login에서 키로 로그인하거나 sprout.config.ts에 access.oidc를 쓰세요',
    },
  });
}

const notBegun = new SpokenProblem(401, 'LOGIN_FAILED', {
  title: { en: 'The sign-in was not begun here', ko: '로그인하지 못했습니다' },
  detail: {
    en: 'the browser brought no sign-in that is under way; it may have taken too long',
    ko: '브라우저에 진행 중인 로그인이 없습니다. 너무 오래 걸렸을 수 있습니다',
  },
  hint: { en: 'sign in again at /login', ko: '/login에서 다시 로그인하세요' },
});
