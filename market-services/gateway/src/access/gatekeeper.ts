import type { MarketAccess } from '@sprout/process';
import type { Request } from 'express';
import { createTokenBuckets } from '../../../src/token-buckets.ts';
import type { Sessions } from '../login/sessions.ts';
import { sessionCookie } from '../login/cookies.ts';
import type { Destination } from '../routes.ts';
import { createAddressRules, unmapped } from './address-rules.ts';
import type { Identity } from './identity.ts';
import { refusal } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import { judge, ruleFor } from './rules.ts';
import type { Tokens } from './tokens.ts';

/** What became of a request at the door. */
export type Admission =
  | { readonly kind: 'admitted'; readonly identity: Identity | undefined }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Decides who comes in. */
export interface Gatekeeper {
  /** For what is passed on to a service. */
  admit(request: Request, destination: Destination): Promise<Admission>;
  /** For what the gateway answers itself: address and rate only. */
  refuses(request: Request): Refusal | undefined;
}

export interface GatekeeperParts {
  readonly access: Pick<MarketAccess, 'addresses' | 'rateLimits'>;
  readonly sessions: Pick<Sessions, 'find'>;
  readonly tokens: Tokens;
  /** Monotonic. */
  readonly nowMs: () => number;
}

/**
 * Checks address, identity, rate and role, in this order. What everyone may do asks neither Redis
 * nor the issuer: both may be away.
 */
export function createGatekeeper(parts: GatekeeperParts): Gatekeeper {
  const { access, nowMs } = parts;
  const permits = createAddressRules(access.addresses);
  const buckets = createTokenBuckets(nowMs);
  const outOfRate = (request: Request, identity?: Identity): Refusal | undefined => {
    const { each, clients } = access.rateLimits;
    const known = identity?.subject ?? '';
    // A program's subject is its client id; a person cannot be mistaken for one.
    const own = identity?.by === 'token' && Object.hasOwn(clients, known) ? clients[known] : each;
    const key = identity === undefined ? unmapped(request.ip ?? '') : `:${known}`;
    const seconds = buckets.take(key, own ?? each);
    return seconds > 0 ? refusal('rate', seconds) : undefined;
  };
  return {
    refuses: (request) => (permits(request.ip) ? outOfRate(request) : refusal('address')),
    admit: async (request, destination) => {
      if (!permits(request.ip)) return refused(refusal('address'));
      const rule = ruleFor(destination, request.method);
      const found = await identify(parts, request, rule.who === 'everyone');
      if (found.kind === 'refused') return found;
      const tooMany = outOfRate(request, found.identity);
      if (tooMany !== undefined) return refused(tooMany);
      const verdict = judge(rule, destination, found.identity);
      return verdict === 'allowed' ? found : refused(refusal(verdict));
    },
  };
}

async function identify(
  parts: GatekeeperParts,
  request: Request,
  isPublic: boolean,
): Promise<Admission> {
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined) return identifyByToken(parts.tokens, token, isPublic);
  const cookie = isPublic ? undefined : sessionCookie.read(request);
  return cookie === undefined ? nobody : identifyBySession(parts.sessions, request, cookie);
}

async function identifyByToken(
  tokens: Tokens,
  token: string,
  isPublic: boolean,
): Promise<Admission> {
  try {
    const identity = await tokens.identify(token);
    if (identity === undefined && !isPublic) return refused(refusal('unauthenticated'));
    return { kind: 'admitted', identity };
  } catch {
    // The issuer's keys cannot be read; what is public goes on.
    return isPublic ? nobody : refused(refusal('identity_unavailable'));
  }
}

async function identifyBySession(
  sessions: Pick<Sessions, 'find'>,
  request: Request,
  cookie: string,
): Promise<Admission> {
  try {
    const session = await sessions.find(cookie);
    if (session === undefined) return nobody;
    if (isCrossSite(request)) return refused(refusal('forged'));
    const { subject, roles } = session;
    return { kind: 'admitted', identity: { subject, roles, by: 'session' } };
  } catch {
    // Redis is away: whether the session is good cannot be known.
    return refused(refusal('sessions_unavailable'));
  }
}

/** A change that another site's page sends with our cookie; browsers say where it comes from. */
function isCrossSite({ method, headers }: Request): boolean {
  if (method === 'GET') return false;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

const nobody: Admission = { kind: 'admitted', identity: undefined };

function refused(what: Refusal): Admission {
  return { kind: 'refused', refusal: what };
}
