import { createHash } from 'node:crypto';
import type { MarketAccess } from '@sprout/process';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { rolesIn } from '../../../src/roles.ts';
import type { Identity } from './identity.ts';

/** Says whose an access token is. */
export interface Tokens {
  /** Undefined for a token that is not good; rejects when the issuer's keys cannot be read. */
  identify(token: string): Promise<Identity | undefined>;
}

export interface TokensParts {
  readonly access: Pick<MarketAccess, 'audience' | 'rolesClaim'>;
  /** The issuer and where its keys are; rejects while it cannot be reached. */
  readonly issuer: () => Promise<{ readonly issuer: string; readonly keysUrl: string }>;
}

/** Verified tokens that are remembered, so that a busy program costs one look-up a request. */
const rememberedMax = 1_000;
const tokenBytesMax = 8_192;
const algorithms = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];

/** Verifies JWT access tokens by the issuer's published keys. */
export function createTokens({ access, issuer }: TokensParts): Tokens {
  const remembered = new Map<string, { identity: Identity; expiresAtMs: number }>();
  const keys = new Map<string, JWTVerifyGetKey>();
  const keysAt = (url: string) => {
    const known = keys.get(url) ?? createRemoteJWKSet(new URL(url), { timeoutDuration: 2_000 });
    keys.set(url, known);
    return known;
  };
  const verify = async (token: string): Promise<JWTPayload | undefined> => {
    const { issuer: name, keysUrl } = await issuer();
    const rules = { issuer: name, audience: access.audience, algorithms, clockTolerance: 5 };
    try {
      return (await jwtVerify(token, keysAt(keysUrl), rules)).payload;
    } catch (error) {
      if (isTokensFault(error)) return undefined;
      throw error;
    }
  };
  return {
    identify: async (token) => {
      if (token.length > tokenBytesMax) return undefined;
      const digest = createHash('sha256').update(token).digest('base64');
      const known = remembered.get(digest);
      if (known !== undefined && known.expiresAtMs > Date.now()) return known.identity;
      remembered.delete(digest);
      const payload = await verify(token);
      if (payload?.sub === undefined || payload.exp === undefined) return undefined;
      const { sub: subject, exp } = payload;
      const identity: Identity = {
        subject,
        roles: rolesIn(payload[access.rolesClaim]),
        by: 'token',
      };
      remembered.set(digest, { identity, expiresAtMs: exp * 1000 });
      const [oldest] = remembered.keys();
      if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest);
      return identity;
    },
  };
}

/** Whether the token is bad, rather than its issuer away. */
function isTokensFault(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  return error.code !== errors.JWKSTimeout.code && error.code !== errors.JOSEError.code;
}
