import { readFileSync } from 'node:fs';
import { isLoopback, roles } from '@sprout/process';
import type { OidcConfig, Role } from '@sprout/process';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import * as client from 'openid-client';
import type { Identity } from './identity.ts';
import type { PendingLogin } from './session.ts';
import { SpokenProblem, asSaid } from '../language/spoken-problem.ts';

/** Asks an identity provider who somebody is. */
export interface Oidc {
  /** The identity of a bearer token. Throws SpokenProblem `TOKEN_INVALID`, `ROLE_MISSING`. */
  verify(token: string): Promise<Identity>;
  /** Where a browser signs in, and what must be remembered until it comes back. */
  start(redirectUri: string, returnTo: string): Promise<{ url: URL; pending: PendingLogin }>;
  /** Who came back with a code. */
  finish(callback: URL, pending: PendingLogin): Promise<Identity>;
}

const providerTimeoutSeconds = 5;

/** Only what cannot be forged with the provider's public keys. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'];

/** Discovers the provider when it is first needed, and again until it has answered. */
export function createOidc(config: OidcConfig): Oidc {
  let found: Promise<Provider> | undefined;
  const provider = () => (found ??= discover(config).catch(forget));
  const forget = (cause: unknown): never => {
    found = undefined;
    throw unreachable(config, cause);
  };
  return {
    verify: async (token) => identityOf(await verified(await provider(), config, token), config),
    start: async (redirectUri, returnTo) => {
      const { server } = await provider();
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        returnTo,
      };
      const url = client.buildAuthorizationUrl(server, {
        redirect_uri: redirectUri,
        scope: config.scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url, pending };
    },
    finish: async (callback, { state, nonce, verifier }) => {
      const { server } = await provider();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
      const tokens = await client
        .authorizationCodeGrant(server, callback, checks)
        .catch((cause: unknown) => {
          throw loginFailed(cause);
        });
      return identityOf(tokens.claims() ?? {}, config);
    },
  };
}

interface Provider {
  readonly server: client.Configuration;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

async function discover({ issuer, clientId, clientSecretFile }: OidcConfig): Promise<Provider> {
  const url = new URL(issuer);
  const isOpen = url.protocol === 'http:' && isLoopback(url.hostname);
  const secret = clientSecretFile && readFileSync(clientSecretFile, 'utf8').trim();
  const server = await client.discovery(
    url,
    clientId,
    undefined,
    secret ? client.ClientSecretBasic(secret) : client.None(),
    {
      timeout: providerTimeoutSeconds,
      ...(isOpen ? { execute: [client.allowInsecureRequests] } : {}),
    },
  );
  const { jwks_uri } = server.serverMetadata();
  if (jwks_uri === undefined) throw new Error(`${issuer} publishes no jwks_uri`);
  const keys = createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: providerTimeoutSeconds * 1000,
  });
  return { server, keys };
}

async function verified({ server, keys }: Provider, config: OidcConfig, token: string) {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: server.serverMetadata().issuer,
      audience: config.audience ?? config.clientId,
      algorithms,
      requiredClaims: ['exp', 'sub'],
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWKSTimeout) throw unreachable(config, cause);
    if (cause instanceof errors.JOSEError) throw tokenInvalid(cause);
    throw unreachable(config, cause);
  }
}

/** Who the claims speak of; the highest role that one of them names. */
function identityOf(claims: JWTPayload, config: OidcConfig): Identity {
  const name = textOf(claims['email']) ?? textOf(claims['preferred_username']) ?? claims.sub;
  const values = listOf(claimAt(claims, config.roleClaim));
  const role = roleOf(values, config);
  if (name === undefined || role === undefined) throw roleMissing(name, config);
  return { name: name.slice(0, nameCharsMax), role, by: 'token' };
}

/** Records name people by at most this much. */
const nameCharsMax = 100;

function roleOf(values: readonly string[], config: OidcConfig): Role | undefined {
  const named = (role: Role) => config.roles[role]?.some((value) => values.includes(value));
  return roles.toReversed().find(named) ?? config.defaultRole;
}

function claimAt(claims: JWTPayload, path: string): unknown {
  if (path in claims) return claims[path];
  let found: unknown = claims;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}

function listOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((one) => typeof one === 'string');
  return typeof claim === 'string' ? claim.split(/[\s,]+/) : [];
}

const textOf = (claim: unknown) => (typeof claim === 'string' && claim !== '' ? claim : undefined);

const tokenInvalid = ({ code }: errors.JOSEError) =>
  new SpokenProblem(401, 'TOKEN_INVALID', {
    title: { en: 'The token is not valid', ko: '토큰이 유효하지 않습니다' },
    detail: {
      en: `the identity provider's token was refused: ${code}`,
      ko: `인증 서버의 토큰이 거부되었습니다: ${code}`,
    },
    hint: {
      en: 'ask the identity provider for a new one, for the audience that access.oidc names',
      ko: '인증 서버에서 access.oidc가 지정한 대상의 새 토큰을 받으세요',
    },
  });

function roleMissing(name: string | undefined, { roleClaim }: OidcConfig): SpokenProblem {
  return new SpokenProblem(403, 'ROLE_MISSING', {
    title: { en: 'No role is known', ko: '역할을 알 수 없습니다' },
    detail: {
      en: `the claim "${roleClaim}" of ${name ?? 'the token'} names no role`,
      ko: `${name ?? '토큰'}의 클레임 "${roleClaim}"에 역할이 없습니다`,
    },
    hint: {
      en: 'map it under access.oidc.roles, or set access.oidc.defaultRole',
      ko: 'access.oidc.roles에 역할을 연결하거나 access.oidc.defaultRole을 설정하세요',
    },
  });
}

const loginFailed = (cause: unknown) =>
  new SpokenProblem(401, 'LOGIN_FAILED', {
    title: { en: 'The sign-in failed', ko: '로그인하지 못했습니다' },
    detail: asSaid(cause instanceof Error ? cause.message : String(cause)),
    hint: { en: 'sign in again at /login', ko: '/login에서 다시 로그인하세요' },
  });

function unreachable({ issuer }: OidcConfig, cause: unknown): SpokenProblem {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SpokenProblem(503, 'IDENTITY_PROVIDER_DOWN', {
    title: { en: 'The identity provider does not answer', ko: '인증 서버가 응답하지 않습니다' },
    detail: asSaid(`${issuer}: ${reason}`),
    hint: {
      en: 'API keys go on working; look at the identity provider',
      ko: 'API 키는 계속 쓸 수 있습니다. 인증 서버를 확인하세요',
    },
  });
}
