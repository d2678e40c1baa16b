import { z } from 'zod';
import type { OpenApiDocument } from './openapi.ts';

/** A page per document and one that lists them, as text by file name; plain HTML, nothing loaded. */
export function apiSite(documents: Readonly<Record<string, OpenApiDocument>>): Map<string, string> {
  const links = Object.entries(documents).map(
    ([name, { info }]) =>
      `<li><a href="${name}.html">${escape(info.title)}</a> (<a href="${name}.json">OpenAPI</a>)</li>`,
  );
  const index = page('The market’s APIs', `<ul>${links.join('\n')}</ul>`);
  return new Map([
    ['index.html', index],
    ...Object.entries(documents).map(([name, document]) => {
      const back = `<p><a href="index.html">All APIs</a> · <a href="${name}.json">${name}.json</a></p>`;
      return [`${name}.html`, page(document.info.title, back + body(document))] as const;
    }),
  ]);
}

const schemaSchema = z.looseObject({});
const operationSchema = z.looseObject({
  operationId: z.string(),
  summary: z.string().optional(),
  parameters: z
    .array(
      z.looseObject({
        in: z.string(),
        name: z.string(),
        required: z.boolean().optional(),
        schema: schemaSchema,
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
  responses: z.record(
    z.string(),
    z.looseObject({
      description: z.string(),
      content: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), schemaSchema) }).optional(),
});
type Operation = z.infer<typeof operationSchema>;

function body(document: OpenApiDocument): string {
  const { paths, components } = documentSchema.parse(JSON.parse(JSON.stringify(document)));
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => section(method, path, operation)),
  );
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) => `<h3 id="${escape(name)}">${escape(name)}</h3>${code(schema)}`,
  );
  return `${operations.join('\n')}<h2>Schemas</h2>${schemas.join('\n')}`;
}

function section(method: string, path: string, operation: Operation): string {
  const { operationId, summary, parameters, requestBody, responses } = operation;
  const rows = parameters.map((one) =>
    row([
      `<code>${escape(one.name)}</code>`,
      `${one.in}${one.required ? ', required' : ''}`,
      code(one.schema),
    ]),
  );
  const answers = Object.entries(responses).map(([status, { description, content }]) =>
    row([status, escape(description), content === undefined ? '' : contentOf(content)]),
  );
  return `<section id="${operationId}"><h2><code>${method.toUpperCase()} ${escape(path)}</code></h2>
${summary === undefined ? '' : `<p>${escape(summary)}</p>`}
${rows.length === 0 ? '' : table(['Parameter', 'In', 'Schema'], rows)}
${requestBody === undefined ? '' : `<p>Body: ${contentOf(requestBody.content)}</p>`}
${table(['Status', 'Means', 'Body'], answers)}</section>`;
}

/** The media types with their schemas; those that have a name lead to it. */
function contentOf(content: Readonly<Record<string, unknown>>): string {
  const media = z.looseObject({ schema: schemaSchema });
  return Object.entries(content)
    .map(([type, value]) => {
      const { schema } = media.parse(value);
      const name = z.object({ $ref: z.string() }).safeParse(schema).data?.$ref.split('/').at(-1);
      const shown = name === undefined ? code(schema) : `<a href="#${name}">${name}</a>`;
      return `<code>${escape(type)}</code> ${shown}`;
    })
    .join(', ');
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function code(value: unknown): string {
  return `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; } td, th { border: 1px solid #8888; padding: .3rem .6rem; text-align: left; vertical-align: top; }
pre { margin: 0; overflow-x: auto; max-height: 20rem; font-size: .85rem; } section { margin-bottom: 2.5rem; }
:root { color-scheme: light dark; }
</style>
<h1>${escape(title)}</h1>
${content}
</html>
`;
}
