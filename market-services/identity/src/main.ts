import { addressOf, listener, loadConfig } from '@sprout/process';
import express from 'express';
import { answerErrors } from '../../src/api/create-api.ts';
import { observeProcess, serve, startOrEnd } from '../../src/run-service.ts';
import { createClients } from './clients.ts';
import { readPeople } from './people.ts';
import { identityOpenApi } from './identity-openapi.ts';
import { createProvider } from './provider.ts';
import { signInRoutes } from './sign-in-routes.ts';

const config = loadConfig();
const telemetry = observeProcess('identity', config);
await startOrEnd(telemetry, async () => {
  const app = express();
  app.disable('x-powered-by');
  telemetry.attach(app);
  app.get('/openapi.json', (_request, response) => void response.json(identityOpenApi));
  // The issuer is where this listens, which is known only then.
  const beforePublished = (issuer: string) => {
    const gatewayUrl = () =>
      config.market.access.publicUrl ?? addressOf(config, listener('gateway'));
    const people = readPeople(config);
    const clientOf = createClients(config, gatewayUrl);
    const provider = createProvider({ config, issuer, people, clientOf });
    provider.on('server_error', (_ctx, error) =>
      telemetry.logger.error('provider failed', { 'exception.message': error.message }),
    );
    app.use(signInRoutes({ provider, people, telemetry }));
    app.use(provider.callback());
    const onUnexpected = (error: unknown) => telemetry.logger.error('request failed', { error });
    app.use(answerErrors((error) => error, onUnexpected));
  };
  await serve('identity', config, app, telemetry, { beforePublished });
});
