import { secret } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { ClientMetadata } from 'oidc-provider';
import type { Role } from '../../src/roles.ts';

/** Programs with an identity of their own, and what they may be. */
export const programs = {
  /** Places orders in the name of every customer, and reads what visitors read. */
  load: ['operator'],
  'batch-order': ['operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Program = keyof typeof programs;

/** The clients of this provider: the gateway, for people, and the programs. */
export function createClients(
  config: Pick<SproutConfig, 'dataDir' | 'market'>,
  gatewayUrl: () => string | undefined,
): (id: string) => ClientMetadata | undefined {
  const { clientId } = config.market.access;
  return (id) => {
    if (id === clientId) return gatewayClient(config, id, gatewayUrl());
    return isProgram(id) ? programClient(config, id) : undefined;
  };
}

export function isProgram(id: string | undefined): id is Program {
  return id !== undefined && Object.hasOwn(programs, id);
}

function gatewayClient(
  config: Pick<SproutConfig, 'dataDir'>,
  id: string,
  url: string | undefined,
): ClientMetadata | undefined {
  if (url === undefined) return undefined;
  return {
    ...signedAlike,
    client_id: id,
    client_secret: secret(config, 'oidc-gateway'),
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [`${url}/login/callback`],
    post_logout_redirect_uris: [`${url}/`],
  };
}

function programClient(config: Pick<SproutConfig, 'dataDir'>, id: Program): ClientMetadata {
  return {
    ...signedAlike,
    client_id: id,
    client_secret: secret(config, `oidc-${id}`),
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  };
}

const signedAlike = { id_token_signed_response_alg: 'ES256' } as const;
