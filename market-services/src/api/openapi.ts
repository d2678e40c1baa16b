import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';

/** RFC 9457 problem details as every service answers them. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

/** Makes a service's OpenAPI document out of the schemas that check its requests. */
export function openApiDocument(title: string, paths: ZodOpenApiPathsObject) {
  return createDocument({
    openapi: '3.1.0',
    info: { title, version: '1.0.0' },
    servers: [{ url: '/' }],
    paths,
  });
}

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

/** A JSON body, for requests and answers. */
export function jsonContent(schema: z.ZodType) {
  return { content: { 'application/json': { schema } } };
}

const problemTitles = {
  400: 'The request is not valid',
  403: 'The caller may not do this',
  404: 'There is no such resource',
  409: 'The request contradicts what is stored',
  422: 'The key came with another body before',
  503: 'The database is away',
} as const;

/** One problem answer, by what it means. */
export function problem(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } };
}

/** The problem answers of an operation; 503 belongs to every one. */
export function problems(...statuses: (keyof typeof problemTitles)[]): ZodOpenApiResponsesObject {
  return Object.fromEntries(
    [...statuses, 503 as const].map((status) => [String(status), problem(problemTitles[status])]),
  );
}
