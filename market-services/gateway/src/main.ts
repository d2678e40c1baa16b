import { createRedis } from '@sprout/data';
import { addressOf, listener, loadConfig, secret } from '@sprout/process';
import { observeProcess, serve, startOrEnd } from '../../src/run-service.ts';
import { createGatekeeper } from './access/gatekeeper.ts';
import { createTokens } from './access/tokens.ts';
import { createGatewayApp } from './gateway-app.ts';
import { followDiscovery } from './instances.ts';
import { createIssuer } from './login/issuer.ts';
import { createLoginAttempts } from './login/login-attempts.ts';
import { loginRoutes } from './login/login-routes.ts';
import { createSessions } from './login/sessions.ts';

/** Longer than Redis takes, shorter than people notice. */
const commandTimeoutMs = 200;

/**
 * Node accepts one connection in a turn of its event loop. In a rush turns are long, the line of
 * those who knock grows, and they give up before they are let in.
 */
const acceptsAtOnce = 16;

const config = loadConfig();
const telemetry = observeProcess('gateway', config);
await startOrEnd(telemetry, () => {
  const { access, redis: redisAt } = config.market;
  const redis = createRedis(config, redisAt, { telemetry, patience: { commandTimeoutMs } });
  telemetry.onStop('redis', () => redis.disconnect());
  const issuer = createIssuer({
    access,
    url: () => addressOf(config, access.issuer),
    clientSecret: () => secret(config, 'oidc-gateway'),
  });
  const tokens = createTokens({
    access,
    issuer: async () => {
      const { issuer: name, jwks_uri: keysUrl = '' } = (await issuer()).serverMetadata();
      return { issuer: name, keysUrl };
    },
  });
  const discovered = followDiscovery(config);
  telemetry.onStop('discovery', () => discovered.stop());
  const sessions = createSessions(redis, access.session);
  const app = createGatewayApp({
    telemetry,
    instances: discovered.instances,
    gatekeeper: createGatekeeper({ access, sessions, tokens, nowMs: () => performance.now() }),
    login: loginRoutes({
      access,
      issuer,
      attempts: createLoginAttempts(redis),
      sessions,
      publicUrl: () => access.publicUrl ?? addressOf(config, listener('gateway')) ?? '',
      telemetry,
    }),
    trustedProxies: access.addresses.trustedProxies,
  });
  return serve('gateway', config, app, telemetry, { acceptsAtOnce });
});
