import { generateKeyPairSync } from 'node:crypto';
import { keptSecret } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { Provider } from 'oidc-provider';
import type { ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { createMemoryAdapter } from './memory-adapter.ts';
import { isProgram, programs } from './clients.ts';
import type { People } from './people.ts';
import { refusedPage, signedOutPage, signOutPage } from './pages.ts';

export interface ProviderParts {
  readonly config: Pick<SproutConfig, 'dataDir' | 'market'>;
  /** Where this provider is reached. */
  readonly issuer: string;
  readonly people: People;
  readonly clientOf: (id: string) => ClientMetadata | undefined;
}

const tokenSeconds = 600;
const resource = 'urn:sprout:market';

/** An OpenID Connect provider for people (authorization code with PKCE) and programs. */
export function createProvider({ config, issuer, people, clientOf }: ProviderParts): Provider {
  const { audience, rolesClaim } = config.market.access;
  const settings: Configuration = {
    adapter: createMemoryAdapter(clientOf),
    jwks: { keys: [signingKey(config)] },
    cookies: {
      keys: [keptSecret(config, 'oidc-cookies', () => crypto.randomUUID())],
      names: { session: 'identity', interaction: 'interaction', resume: 'resume' },
      long: { httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], roles: [rolesClaim] },
    pkce: { required: () => true },
    routes: { authorization: '/authorize', end_session: '/logout' },
    renderError: (ctx, { error }) => {
      ctx.type = 'html';
      ctx.body = refusedPage(languageOf(ctx), error);
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => void (ctx.body = signOutPage(languageOf(ctx), form)),
        postLogoutSuccessSource: (ctx) => void (ctx.body = signedOutPage(languageOf(ctx))),
      },
      resourceIndicators: {
        enabled: true,
        // Programs get a token for the market; that of a person is for the user info alone.
        defaultResource: (_ctx, client) => (isProgram(client?.clientId) ? resource : []),
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenTTL: tokenSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    extraTokenClaims: (_ctx, { clientId }) =>
      isProgram(clientId) ? { [rolesClaim]: [...programs[clientId]] } : undefined,
    findAccount: (_ctx, subject) => {
      const person = people.bySubject(subject);
      if (person === undefined) return undefined;
      const { email, name, roles } = person;
      return {
        accountId: subject,
        claims: () => ({ sub: subject, email, name, [rolesClaim]: roles }),
      };
    },
    loadExistingGrant: grantToOurOwn,
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: 60,
      ClientCredentials: tokenSeconds,
      Grant: 86_400,
      IdToken: 3_600,
      Interaction: 600,
      Session: 28_800,
    },
  };
  return new Provider(issuer, settings);
}

/** Language of a page: Korean for who prefers it, else English. */
export function languageOf(ctx: Pick<KoaContextWithOIDC, 'acceptsLanguages'>): 'en' | 'ko' {
  return ctx.acceptsLanguages('en', 'ko') === 'ko' ? 'ko' : 'en';
}

/** The gateway is our own: nobody is asked whether it may know what they are. */
async function grantToOurOwn({ oidc }: KoaContextWithOIDC) {
  const { client, provider, session } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const existing = known === undefined ? undefined : await provider.Grant.find(known);
  if (existing !== undefined) return existing;
  const { clientId } = client;
  const grant = new provider.Grant({ clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email roles');
  await grant.save();
  return grant;
}

function signingKey(config: Pick<SproutConfig, 'dataDir'>) {
  const text = keptSecret(config, 'oidc-key.json', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' });
  });
  return JSON.parse(text);
}
