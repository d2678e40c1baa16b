import { addressOf, secret } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { allowInsecureRequests, clientCredentialsGrant, discovery } from 'openid-client';

/** A program's access token, renewed before it expires. */
export interface ProgramToken {
  /** The header `Authorization`; undefined while the issuer has given no token yet. */
  authorization(): string | undefined;
  /** Resolves when there is a token, or when `timeoutMs` have passed without one. */
  ready(timeoutMs: number): Promise<void>;
  stop(): void;
}

const retryAfterMs = 500;

/** Fetches a token for a program by its client credentials, again and again. */
export function createProgramToken(
  config: Pick<SproutConfig, 'dataDir' | 'market'>,
  program: 'load' | 'batch-order',
): ProgramToken {
  let authorization: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const first = Promise.withResolvers<void>();
  const renew = async () => {
    let nextMs = retryAfterMs;
    try {
      const { token, expiresInMs } = await fetchToken(config, program);
      authorization = `Bearer ${token}`;
      nextMs = expiresInMs * 0.8;
      first.resolve();
    } catch {
      // The issuer is away; the token there is may still be good.
    }
    timer = setTimeout(() => void renew(), nextMs).unref();
  };
  void renew();
  return {
    authorization: () => authorization,
    ready: async (timeoutMs) => {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const giveUp = setTimeout(resolve, timeoutMs);
      await Promise.race([first.promise, late]);
      clearTimeout(giveUp);
    },
    stop: () => clearTimeout(timer),
  };
}

async function fetchToken(
  config: Pick<SproutConfig, 'dataDir' | 'market'>,
  program: 'load' | 'batch-order',
) {
  const issuer = addressOf(config, config.market.access.issuer);
  if (issuer === undefined) throw new Error('no identity provider has published its address');
  const insecure = new URL(issuer).hostname === '127.0.0.1' ? [allowInsecureRequests] : [];
  const client = await discovery(
    new URL(issuer),
    program,
    secret(config, `oidc-${program}`),
    undefined,
    { execute: insecure, timeout: 5 },
  );
  const { access_token: token, expires_in: seconds = 60 } = await clientCredentialsGrant(client);
  return { token, expiresInMs: seconds * 1000 };
}
