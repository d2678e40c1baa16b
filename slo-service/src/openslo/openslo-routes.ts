import { declarationsOf, exportOpenSlo, importOpenSlo } from '@sprout/objectives/openslo';
import {
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
import { languageOf } from '../api/language-of.ts';
import { listOf, pageOf, pageQuery, sendPage } from '../api/paging.ts';
import type { ServiceContext } from '../service-context.ts';
import { asDeclared } from './as-declared.ts';
import { readDocuments } from './read-documents.ts';
import { saying } from '../language/check-words.ts';
import type { Language } from '../language/language.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';
import { notSaidSchema } from './reading.ts';
import type { openSloReadingSchema } from './reading.ts';
import { tryDocuments } from './try-documents.ts';

const documentBytesMax = 1024 * 1024;

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
  name: z
    .string()
    .refine(
      (name) => declarationName.test(name),
      saying('write small letters, digits and hyphens', '소문자와 숫자, 붙임표로 쓰세요'),
    )
    .meta({ pattern: declarationName.source }),
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
    const { documents, notSaid } = exportOpenSlo(asked.map(asDeclared), languageOf(request));
    if (format === 'json') response.json({ documents, notSaid });
    else
      response
        .set('Sprout-Not-Said', String(notSaid.length))
        .type('application/yaml')
        .send(documents);
  });
  router.post('/validate', yaml, (request, response) => {
    response.json(reading(context, textOf(request), languageOf(request)));
  });
  router.post('/what-if', yaml, async (request, response) => {
    response.json(await tryDocuments(context, textOf(request), languageOf(request)));
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
    const read = reading(context, body, 'en', name);
    if (!read.valid) throw invalid(read.problems, reading(context, body, 'ko', name).problems);
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
function reading({ config }: ServiceContext, body: string, language: Language, replaced?: string) {
  const own = readDeclarations(config.dataDir).find(({ name }) => name === replaced);
  const gone = own === undefined ? [] : imported(own).objectives;
  const read = readDocuments(config, body, gone, language);
  const { objectives, problems, notSaid } = read;
  const declared = declarationsOf(objectives, language);
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

type Problems = z.output<typeof openSloReadingSchema>['problems'];

/** The same problems as they are told in each language. */
function invalid(problems: Problems, inKorean: Problems): SpokenProblem {
  const detail = (all: Problems, lineText: (line: number) => string) =>
    all.map(({ line, path, message }) => `${lineText(line)}: ${path}: ${message}`).join('; ');
  return new SpokenProblem(400, 'OPENSLO_INVALID', {
    title: { en: 'The documents are not OpenSLO v1', ko: 'OpenSLO v1 문서가 아닙니다' },
    detail: {
      en: detail(problems, (line) => `line ${line}`),
      ko: detail(inKorean, (line) => `${line}번째 줄`),
    },
    hint: {
      en: 'POST /api/v1/openslo/validate lists every problem; correct each',
      ko: 'POST /api/v1/openslo/validate가 모든 문제를 알려 줍니다. 하나씩 고치세요',
    },
    errors: problems.map(({ line, path, message: en }, index) => ({
      field: `${line}: ${path}`,
      reason: { en, ko: inKorean[index]?.message ?? en },
    })),
  });
}

const full = new SpokenProblem(409, 'DECLARATIONS_FULL', {
  title: { en: 'There are too many files of declarations', ko: '선언 파일이 너무 많습니다' },
  detail: {
    en: `${declarationFilesMax} files are kept`,
    ko: `파일 ${declarationFilesMax}개를 보관하고 있습니다`,
  },
  hint: {
    en: 'put several documents into one file, or DELETE what is no longer promised',
    ko: '여러 문서를 한 파일에 모으거나 더는 약속하지 않는 것을 DELETE로 지우세요',
  },
});

const unknown = (id: string) =>
  new SpokenProblem(404, 'DECLARATION_UNKNOWN', {
    title: { en: 'There are no such declarations', ko: '없는 선언입니다' },
    detail: { en: `nothing was imported as "${id}"`, ko: `"${id}"(으)로 가져온 것이 없습니다` },
    hint: {
      en: 'GET /api/v1/openslo/imports lists what was',
      ko: 'GET /api/v1/openslo/imports에서 목록을 볼 수 있습니다',
    },
  });
