import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** An identity provider of a test's own: one person with roles, one browser client. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Access token (a JWT for our audience) of a machine with these roles. */
  tokenFor(roles: readonly string[], audience?: string): Promise<string>;
  stop(): Promise<void>;
}

/** Audience of tokens that are meant for the SLO service. */
export const testAudience = 'https://sprout.test';

/** Starts oidc-provider on a free port; `redirectUri` is where browsers are sent back to. */
export async function startOidcProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let granted: readonly string[] = [];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'console',
        token_endpoint_auth_method: 'none',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
      {
        client_id: 'robot',
        client_secret: 'robot-secret',
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: [],
      },
    ],
    claims: { openid: ['sub', 'roles'], email: ['email'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@example.com`, roles: ['sprout-editor'] }),
    }),
    extraTokenClaims: () => ({ roles: granted }),
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, audience) => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    clientId: 'console',
    tokenFor: async (roles, audience = testAudience) => {
      granted = roles;
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('robot:robot-secret')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience }),
      });
      const answer: unknown = await response.json();
      if (typeof answer === 'object' && answer !== null && 'access_token' in answer) {
        return String(answer.access_token);
      }
      throw new Error(`no token: ${JSON.stringify(answer)}`);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
