import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { jsonContent, openApiDocument, problem } from '../../src/api/openapi.ts';
import { platformPaths, readinessSchema } from '../../src/api/platform-paths.ts';
import { roles } from '../../src/roles.ts';
import { methods } from './routes.ts';
import { breakerStates, routes } from './signals.ts';
import type { Route } from './signals.ts';

/** Who is logged in, as `GET /session` tells it. */
export const whoSchema = z
  .object({ subject: z.string(), name: z.string(), roles: z.array(z.enum(roles)) })
  .meta({ id: 'Who' });

const breakerSchema = z
  .object({
    state: z.enum(breakerStates),
    rates: z.object({
      failure: z.number().meta({ description: 'per cent; -1 before the fifth call' }),
      slow: z.number(),
    }),
  })
  .meta({ id: 'Breaker' });

const gatewayReadinessSchema = readinessSchema
  .extend({ breakers: z.record(z.enum(routes), breakerSchema) })
  .meta({ id: 'GatewayReadiness' });

/** Where people want to go after the login. */
const loginQuerySchema = z.object({
  returnTo: z.string().optional().meta({
    description: 'a path of the market; anything else is taken for /session',
    'x-otherwise': '/session',
  }),
});

const callbackQuerySchema = z.object({ code: z.string(), state: z.string() });

const away = problem('Redis, where sessions are, or the identity provider does not answer');
const tooMany = problem('Too many requests; Retry-After says how long to wait');
const elsewhere = { headers: z.object({ Location: z.string() }) };

const loginPaths: ZodOpenApiPathsObject = {
  '/login': {
    get: {
      operationId: 'beginLogin',
      summary: 'Sends the browser to the provider: authorization code with PKCE',
      requestParams: { query: loginQuerySchema },
      responses: {
        302: { description: 'To the provider, with a cookie LOGIN', ...elsewhere },
        429: tooMany,
        503: away,
      },
    },
  },
  '/login/callback': {
    get: {
      operationId: 'completeLogin',
      summary: 'Takes the code that the provider gave, once, from the browser that began',
      requestParams: { query: callbackQuerySchema },
      responses: {
        303: { description: 'To where the login began, with a cookie SESSION', ...elsewhere },
        400: problem('No such login is under way in this browser'),
        401: problem('The provider did not confirm who it is'),
        429: tooMany,
        503: away,
      },
    },
  },
  '/session': {
    get: {
      operationId: 'whoIsLoggedIn',
      responses: {
        200: { description: 'Who the cookie belongs to', ...jsonContent(whoSchema) },
        401: problem('Nobody is logged in'),
        429: tooMany,
        503: away,
      },
    },
  },
  '/logout': {
    post: {
      operationId: 'logout',
      summary: 'Ends session and cookie, then sends the browser to end that at the provider',
      responses: {
        303: { description: 'To the provider, or home without a session', ...elsewhere },
        429: tooMany,
        503: away,
      },
    },
  },
};

/** What the gateway passes on, and what it answers itself then. */
function routed(route: Route, method: string): ZodOpenApiOperationObject {
  return {
    operationId: `${method.toLowerCase()}${route[0]?.toUpperCase()}${route.slice(1)}`,
    summary: `Passed on to ${route} without the prefix; its document says what it takes`,
    requestParams: { path: z.object({ path: z.string() }) },
    responses: {
      200: { description: `The answer of ${route}` },
      401: problem('This is not for everybody, and nobody has said who asks'),
      403: problem('Their role, address or origin does not allow it'),
      404: problem('There is no such thing'),
      413: problem('The body is larger than 1 MiB'),
      429: tooMany,
      503: problem('The fallback: the service did not answer well, or is not asked for a while'),
    },
  };
}

const routedPaths: ZodOpenApiPathsObject = Object.fromEntries(
  routes.map((route) => [
    `/${route}/{path}`,
    Object.fromEntries(methods.map((method) => [method.toLowerCase(), routed(route, method)])),
  ]),
);

/** The OpenAPI document of the gateway. */
export const gatewayOpenApi = openApiDocument('Gateway', {
  ...loginPaths,
  ...routedPaths,
  ...platformPaths(gatewayReadinessSchema),
});
