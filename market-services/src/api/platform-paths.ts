import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { jsonContent } from './openapi.ts';

const livenessSchema = z
  .object({ status: z.literal('ok'), service: z.string(), uptime_seconds: z.int() })
  .meta({ id: 'Liveness' });

/** What `/readyz` answers. */
export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not_ready', 'stopping']),
    checks: z.record(z.string(), z.string().meta({ description: 'ok, or why not' })),
  })
  .meta({ id: 'Readiness' });

/** What a platform asks of every process. */
export function platformPaths(readiness: z.ZodType = readinessSchema): ZodOpenApiPathsObject {
  return {
    '/healthz': {
      get: {
        operationId: 'liveness',
        responses: { 200: { description: 'The process lives', ...jsonContent(livenessSchema) } },
      },
    },
    '/readyz': {
      get: {
        operationId: 'readiness',
        responses: {
          200: { description: 'It can do its work', ...jsonContent(readiness) },
          503: { description: 'It cannot, or is stopping', ...jsonContent(readiness) },
        },
      },
    },
    '/metrics': {
      get: {
        operationId: 'metrics',
        responses: {
          200: {
            description: 'Its metrics',
            content: { 'text/plain': { schema: z.string() } },
          },
        },
      },
    },
  };
}
