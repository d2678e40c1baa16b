import { createHash, timingSafeEqual } from 'node:crypto';
import { parseCookie } from 'cookie';
import type { Request, RequestHandler } from 'express';
import type { Access } from './access.ts';
import { isKey, matchKey } from './api-key.ts';
import { everybody, identify } from './identity.ts';
import type { Identity } from './identity.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

/** Name of the cookie that a signed-in browser carries. */
export const sessionCookie = 'sprout_session';

/**
 * Finds out who sends each request: a bearer token (an API key, the identity provider's token, or
 * Alertmanager's), else a browser's session. A credential that is wrong is refused at once; what
 * callers without one may do is not decided here.
 */
export function authenticate(access: Access | undefined): RequestHandler {
  return async (request, _response, next) => {
    const identity = access === undefined ? everybody : await identityFor(request, access);
    if (identity !== undefined) identify(request, identity);
    next();
  };
}

async function identityFor(request: Request, access: Access): Promise<Identity | undefined> {
  const token = bearerOf(request);
  return token === undefined ? sessionOf(request, access) : ofToken(token, access);
}

async function ofToken(token: string, access: Access): Promise<Identity> {
  if (isSame(token, access.webhookToken)) {
    return { name: 'alertmanager', role: 'viewer', by: 'webhook' };
  }
  if (!isKey(token) && access.oidc !== undefined) return access.oidc.verify(token);
  const key = matchKey(token, access.keys());
  if (key === undefined) throw unknownKey;
  return { name: `key:${key.name}`, role: key.role, by: 'key' };
}

async function sessionOf(request: Request, { sessions, keys }: Access) {
  const token = parseCookie(request.headers.cookie ?? '')[sessionCookie];
  const session = token === undefined ? undefined : await sessions.open(token);
  if (session === undefined || !isOwnPage(request)) return undefined;
  const { name, role, keyId } = session;
  const isEnded = keyId !== undefined && !keys().some(({ id }) => id === keyId);
  return isEnded ? undefined : ({ name, role, by: 'session' } as const);
}

/**
 * A browser sends its cookie with whatever other pages make it send, so a session changes
 * something only when the browser says that the request comes from a page of ours.
 */
function isOwnPage({ method, headers }: Request): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && URL.parse(headers.origin)?.host === headers.host;
}

function bearerOf({ headers }: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

function isSame(text: string, secret: string): boolean {
  const hash = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(hash(text), hash(secret));
}

const unknownKey = new SpokenProblem(401, 'KEY_UNKNOWN', {
  title: { en: 'The key is not known', ko: '알 수 없는 키입니다' },
  detail: { en: 'no key in force has this value', ko: '쓰이고 있는 키 중에 이 값이 없습니다' },
  hint: {
    en: './sprout slo key list shows the keys; ./sprout slo key create makes one',
    ko: './sprout slo key list로 키를 보고, ./sprout slo key create로 만드세요',
  },
});
