import { HttpProblem } from '@sprout/process';
import type { Role } from '@sprout/process';
import type { Request, RequestHandler } from 'express';
import { allows, identityOf } from './identity.ts';
import type { Identity } from './identity.ts';

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
const readingPosts = /^\/(telemetry\/|api\/v1\/openslo\/validate$)/;

const unknownCaller = new HttpProblem(401, 'Who is calling is not known', {
  code: 'UNAUTHENTICATED',
  detail: 'the request carries neither a key nor a session',
  hint: 'send "Authorization: Bearer <key>", set SPROUT_API_KEY for ./sprout, or sign in at /login',
});

function tooLittle(request: Request, { name, role, by }: Identity, needed: Role): HttpProblem {
  const has = by === 'webhook' ? 'none' : role;
  return new HttpProblem(403, 'The role is not enough', {
    code: 'ROLE_TOO_LOW',
    detail: `${request.method} ${request.baseUrl}${request.path} needs the role ${needed}; ${name} has ${has}`,
    hint: `ask an admin for a key with the role ${needed}`,
  });
}
