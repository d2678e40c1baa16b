import { z } from 'zod';
import { openApiDocument } from '../../src/api/openapi.ts';
import { platformPaths } from '../../src/api/platform-paths.ts';

/** What people type to sign in. */
export const signInSchema = z
  .object({ email: z.string().min(1).max(255), password: z.string().min(1).max(255) })
  .meta({ id: 'SignIn' });

const interactionSchema = z.object({ uid: z.string() });
const page = (description: string) => ({
  description,
  content: { 'text/html': { schema: z.string() } },
});
const expired = page('This browser is not being asked to sign in');

/**
 * The OpenAPI document of what is ours of the provider. The endpoints of OpenID Connect are those
 * of oidc-provider, and `/.well-known/openid-configuration` lists them.
 */
export const identityOpenApi = openApiDocument('Identity', {
  '/interaction/{uid}': {
    get: {
      operationId: 'signInPage',
      summary: 'The page on which people sign in, in Korean or English',
      requestParams: { path: interactionSchema },
      responses: { 200: page('The page'), 400: expired },
    },
    post: {
      operationId: 'signIn',
      requestParams: { path: interactionSchema },
      requestBody: { content: { 'application/x-www-form-urlencoded': { schema: signInSchema } } },
      responses: {
        303: { description: 'Back to whoever sent the browser' },
        400: expired,
        401: page('Email or password are wrong'),
        429: page('Too many guesses at this email'),
      },
    },
  },
  ...platformPaths(),
});
