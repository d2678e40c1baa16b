import { z } from 'zod';
import { jsonContent, openApiDocument, problems } from '../../src/api/openapi.ts';
import { instanceStates } from './registry.ts';

const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes');

export const instancePathSchema = z.object({ service: nameSchema, id: nameSchema });

/** What a newer instance tells beyond this is ignored: versions run beside each other. */
export const heartbeatSchema = z
  .object({
    url: z.url({ protocol: /^https?$/ }).max(200),
    state: z.enum(instanceStates),
    version: z.string().min(1).max(64).optional(),
  })
  .meta({ id: 'Heartbeat' });

const instanceSchema = z
  .object({
    service: z.string(),
    id: z.string(),
    url: z.string(),
    state: z.enum(instanceStates),
    version: z.string().optional(),
  })
  .meta({ id: 'Instance' });

export const listSchema = z
  .object({ version: z.int(), instances: z.array(instanceSchema) })
  .meta({ id: 'Instances' });

const groupSchema = z
  .object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()) })
  .meta({ id: 'TargetGroup' });

/** The OpenAPI document of discovery. */
export const discoveryOpenApi = openApiDocument('Discovery', {
  '/instances': {
    get: {
      operationId: 'listInstances',
      responses: {
        200: { description: 'Who serves now', ...jsonContent(listSchema) },
        ...problems(),
      },
    },
  },
  '/instances/{service}/{id}': {
    put: {
      operationId: 'heartbeat',
      requestParams: { path: instancePathSchema },
      requestBody: jsonContent(heartbeatSchema),
      responses: { 204: { description: 'The lease is renewed' }, ...problems(400) },
    },
    delete: {
      operationId: 'deregister',
      requestParams: { path: instancePathSchema },
      responses: { 204: { description: 'It gets no more requests' }, ...problems(400) },
    },
  },
  '/sd/prometheus': {
    get: {
      operationId: 'prometheusTargets',
      responses: {
        200: { description: 'HTTP SD of Prometheus', ...jsonContent(z.array(groupSchema)) },
        ...problems(),
      },
    },
  },
});
