import type { Role } from '@sprout/process';
import type { Request, RequestHandler } from 'express';
import { allows, identityOf } from './identity.ts';
import type { Identity } from './identity.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

/** Refuses who may not do what a request asks for: reading needs a viewer, writing an editor. */
export const authorize: RequestHandler = (request, response, next) => {
  const path = request.baseUrl + request.path;
  if (path === webhookPath && identityOf(request)?.by === 'webhook') return next();
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const needed = isRead || readingPosts.test(path) ? 'viewer' : 'editor';
  requireRole(needed)(request, response, next);
};

/** Refuses whoever has less than a role; Alertmanager has none. */
export function requireRole(needed: Role): RequestHandler {
  return (request, response, next) => {
    const identity = identityOf(request);
    if (identity === undefined) {
      response.set('WWW-Authenticate', 'Bearer realm="sprout"');
      throw unknownCaller;
    }
    if (identity.by === 'webhook' || !allows(identity.role, needed)) {
      throw tooLittle(request, identity, needed);
    }
    next();
  };
}

const webhookPath = '/api/v1/alertmanager';

/** Queries too long for an address, and checks that change nothing. */
const readingPosts = /^\/(telemetry\/|api\/v1\/openslo\/(validate|what-if)$)/;

const unknownCaller = new SpokenProblem(401, 'UNAUTHENTICATED', {
  title: { en: 'Who is calling is not known', ko: '누구의 요청인지 알 수 없습니다' },
  detail: {
    en: 'the request carries neither a key nor a session',
    ko: '요청에 키도 세션도 없습니다',
  },
  hint: {
    en: 'send "Authorization: Bearer <key>", set SPROUT_API_KEY for ./sprout, or sign in at /login',
    ko: '"Authorization: Bearer <키>"를 보내거나, ./sprout에는 SPROUT_API_KEY를 설정하거나, /login에서 로그인하세요',
  },
});

function tooLittle(request: Request, { name, role, by }: Identity, needed: Role): SpokenProblem {
  const has = by === 'webhook' ? 'none' : role;
  return new SpokenProblem(403, 'ROLE_TOO_LOW', {
    title: { en: 'The role is not enough', ko: '권한이 부족합니다' },
    detail: {
      en: `${request.method} ${request.baseUrl}${request.path} needs the role ${needed}; ${name} has ${has}`,
      ko: `${request.method} ${request.baseUrl}${request.path}에는 ${needed} 역할이 필요하지만 ${name}의 역할은 ${has}입니다`,
    },
    hint: {
      en: `ask an admin for a key with the role ${needed}`,
      ko: `관리자에게 ${needed} 역할의 키를 요청하세요`,
    },
  });
}
