import assert from 'node:assert/strict';
import { z } from 'zod';
import { openApiFiles } from '../src/openapi-files.ts';
import { fieldSchema } from './hostile-values.ts';
import type { FieldSchema } from './hostile-values.ts';

const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z
    .array(z.looseObject({ in: z.string(), name: z.string(), schema: fieldSchema }))
    .default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.object({ schema: z.unknown() })) })
    .optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ content: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), fieldSchema) }),
});

/** An operation as its service's document tells it. */
export interface DocumentedOperation {
  readonly service: string;
  /** In capitals. */
  readonly method: string;
  /** With names in braces. */
  readonly path: string;
  readonly operation: z.infer<typeof operationSchema>;
  /** The first kind of body that it takes. */
  readonly body: { readonly type: string; readonly schema: FieldSchema } | undefined;
}

/** Every operation of every document that is checked in. */
export function documentedOperations(): DocumentedOperation[] {
  return openApiFiles.flatMap(({ service, text }) => {
    const { paths, components } = documentSchema.parse(JSON.parse(text));
    return Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        service,
        method: method.toUpperCase(),
        path,
        operation,
        body: bodyOf(operation, components.schemas),
      })),
    );
  });
}

function bodyOf(
  { requestBody }: z.infer<typeof operationSchema>,
  schemas: Readonly<Record<string, FieldSchema>>,
): DocumentedOperation['body'] {
  const [first] = Object.entries(requestBody?.content ?? {});
  return first && { type: first[0], schema: resolved(first[1].schema, schemas) };
}

function resolved(schema: unknown, schemas: Readonly<Record<string, FieldSchema>>): FieldSchema {
  const reference = z.object({ $ref: z.string() }).safeParse(schema).data?.$ref.split('/').at(-1);
  return reference === undefined
    ? fieldSchema.parse(schema)
    : (schemas[reference] ?? assert.fail());
}
