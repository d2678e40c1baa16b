import { declarationsOf, exportOpenSlo, importOpenSlo } from '@sprout/objectives/openslo';
import {
  HttpProblem,
  declarationFilesMax,
  declarationName,
  readDeclarations,
  removeDeclarations,
  writeDeclarations,
} from '@sprout/process';
import type { Declarations } from '@sprout/process';
import { Router, text } from 'express';
import type { Request } from 'express';
import { z } from 'zod';
import { findObjective } from '../api/find-objective.ts';
import { queryOf } from '../api/input.ts';
import { listOf, pageOf, pageQuery, sendPage } from '../api/paging.ts';
import type { ServiceContext } from '../service-context.ts';
import { asDeclared } from './as-declared.ts';
import { readDocuments } from './read-documents.ts';

const documentBytesMax = 1024 * 1024;

const notSaidSchema = z.object({
  line: z.number().optional(),
  objective: z.string(),
  what: z.string(),
});

/** What a file of OpenSLO documents says, and what is wrong or cannot be said. */
export const openSloReadingSchema = z.object({
  valid: z.boolean(),
  problems: z.array(z.object({ line: z.number(), path: z.string(), message: z.string() })),
  notSaid: z.array(notSaidSchema),
  objectives: z.array(z.string()),
  /** The same as TypeScript. */
  declarations: z.string(),
});

/** Documents that were imported. */
export const importedSchema = z.object({ name: z.string(), objectives: z.array(z.string()) });

export const exportedSchema = z.object({
  documents: z.string(),
  notSaid: z.array(notSaidSchema),
});

export const exportQuery = z.object({
  objective: z.string().optional(),
  format: z.enum(['yaml', 'json']).default('yaml'),
});
export const importQuery = z.object({
  name: z.string().regex(declarationName, 'write small letters, digits and hyphens'),
});
export const importsQuery = z.object(pageQuery({ byDefault: 100, max: declarationFilesMax }));
export const importedListSchema = listOf(importedSchema);

/** Routes under `/api/v1/openslo`: promises out and in, without writing code. */
export function openSloRoutes(context: ServiceContext): Router {
  const { config, audit } = context;
  const { dataDir } = config;
  const router = Router();
  const yaml = text({ type: () => true, limit: documentBytesMax });
  router.get('/', (request, response) => {
    const { objective, format } = queryOf(request, exportQuery);
    const asked = objective === undefined ? config.objectives : [findObjective(context, objective)];
    const { documents, notSaid } = exportOpenSlo(asked.map(asDeclared));
    if (format === 'json') response.json({ documents, notSaid });
    else
      response
        .set('Sprout-Not-Said', String(notSaid.length))
        .type('application/yaml')
        .send(documents);
  });
  router.post('/validate', yaml, (request, response) => {
    response.json(reading(context, textOf(request)));
  });
  router.get('/imports', (request, response) => {
    const all = readDeclarations(dataDir).map(imported);
    sendPage(
      request,
      response,
      pageOf(all, queryOf(request, importsQuery), ({ name }) => name),
    );
  });
  router.post('/imports', yaml, async (request, response) => {
    const { name } = queryOf(request, importQuery);
    const body = textOf(request);
    const read = reading(context, body, name);
    if (!read.valid) throw invalid(read.problems);
    const before = readDeclarations(dataDir);
    if (before.length >= declarationFilesMax) throw full;
    writeDeclarations(dataDir, { name, text: body });
    const after = imported({ name, text: body });
    const old = before.find((one) => one.name === name);
    const change = {
      action: 'declarations.import',
      target: name,
      before: old && imported(old),
      after,
    };
    await audit.write(request, change);
    response.status(201).json(after);
  });
  router.delete('/imports/:id', async (request, response) => {
    const { id } = request.params;
    const found = readDeclarations(dataDir).find(({ name }) => name === id);
    if (found === undefined) throw unknown(id);
    removeDeclarations(dataDir, id);
    const before = imported(found);
    await audit.write(request, { action: 'declarations.remove', target: id, before });
    response.json(before);
  });
  return router;
}

const imported = ({ name, text: body }: Declarations) => ({
  name,
  objectives: importOpenSlo(body).objectives.map(({ id }) => id),
});

/** Ids of `replaced` may come again: the file takes its place. */
function reading({ config }: ServiceContext, body: string, replaced?: string) {
  const own = readDeclarations(config.dataDir).find(({ name }) => name === replaced);
  const read = readDocuments(config, body, own === undefined ? [] : imported(own).objectives);
  const { objectives, problems, notSaid } = read;
  const declared = declarationsOf(objectives);
  return {
    valid: problems.length === 0,
    problems: [...problems],
    notSaid: [...notSaid, ...declared.notSaid],
    objectives: objectives.map(({ id }) => id),
    declarations: declared.text,
  };
}

/** A body that is missing is no document, and the reader says so. */
const textOf = ({ body }: Request): string => (typeof body === 'string' ? body : '');

function invalid(problems: z.output<typeof openSloReadingSchema>['problems']): HttpProblem {
  return new HttpProblem(400, 'The documents are not OpenSLO v1', {
    code: 'OPENSLO_INVALID',
    detail: problems
      .map(({ line, path, message }) => `line ${line}: ${path}: ${message}`)
      .join('; '),
    hint: 'POST /api/v1/openslo/validate lists every problem; correct each',
    errors: problems.map(({ line, path, message }) => ({
      field: `${line}: ${path}`,
      reason: message,
    })),
  });
}

const full = new HttpProblem(409, 'There are too many files of declarations', {
  code: 'DECLARATIONS_FULL',
  detail: `${declarationFilesMax} files are kept`,
  hint: 'put several documents into one file, or DELETE what is no longer promised',
});

const unknown = (id: string) =>
  new HttpProblem(404, 'There are no such declarations', {
    code: 'DECLARATION_UNKNOWN',
    detail: `nothing was imported as "${id}"`,
    hint: 'GET /api/v1/openslo/imports lists what was',
  });
