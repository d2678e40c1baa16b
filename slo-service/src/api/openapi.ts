import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import {
  annotationInputSchema,
  annotationListSchema,
  annotationSchema,
} from '../annotations/annotation.ts';
import {
  exclusionInputSchema,
  exclusionListSchema,
  exclusionSchema,
} from '../exclusions/exclusion.ts';
import {
  keyInputSchema,
  keyListSchema,
  keySchema,
  keysQuery,
  newKeySchema,
} from '../access/key-routes.ts';
import { sessionCookie } from '../access/authenticate.ts';
import { auditEntrySchema } from '../audit/audit-log.ts';
import { auditQuery } from '../audit/audit-routes.ts';
import { incidentListSchema } from '../incidents/incident.ts';
import {
  exportQuery,
  exportedSchema,
  importQuery,
  importedListSchema,
  importedSchema,
  importsQuery,
} from '../openslo/openslo-routes.ts';
import { openSloReadingSchema } from '../openslo/reading.ts';
import { triedDocumentsSchema } from '../openslo/try-documents.ts';
import { languages } from '../language/language.ts';
import { webhookSchema } from '../pages/webhook.ts';
import { alertsQuery } from './alert-routes.ts';
import { reportSchema } from '../report/report.ts';
import { whatIfSchema } from '../status/what-if.ts';
import { groupListSchema, groupsQuery } from './groups.ts';
import { versionListSchema } from '../versions/version.ts';
import { annotationsQuery } from './annotation-routes.ts';
import { dashboardFileSchema } from '@sprout/grafana/model-file';
import { dashboardListSchema, dashboardsQuery } from './dashboard-routes.ts';
import { expireQuery, silencesQuery } from '../silences/silence-routes.ts';
import { silenceInputSchema, silenceListSchema, silenceSchema } from '../silences/silence.ts';
import { exclusionsQuery, revokeQuery } from './exclusion-routes.ts';
import {
  budgetQuery,
  burnRatesQuery,
  incidentsQuery,
  seriesQuery,
  statusQuery,
  versionsQuery,
  whatIfQuery,
} from './objective-routes.ts';
import {
  budgetSchema,
  burnRateListSchema,
  configAnswerSchema,
  identitySchema,
  objectiveListSchema,
  objectiveStatusSchema,
  pageListSchema,
  pageSchema,
  seriesSchema,
  meteringCostSchema,
  sourceListSchema,
} from './schemas.ts';
import { objectivesQuery } from './objective-list.ts';
import { sliceListSchema, slicesQuery } from './slice-routes.ts';
import { explanationSchema } from '../explain/explanation.ts';
import { explainQuery } from './explain-routes.ts';
import { spentBySchema } from '../spent/label-sets.ts';
import { spentByQuery } from './spent-routes.ts';
import { policiesQuery, policyListSchema } from '../policies/policy-routes.ts';
import { sourcesQuery } from './info-routes.ts';
import { listOf } from './paging.ts';
import { reportQuery } from './report-routes.ts';

/** The OpenAPI description of the API, from the schemas that it answers and checks with. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sprout SLO service',
      version: '1',
      description:
        "Promises, their error budgets and what spent them. Times are UTC; windows are durations of the promise's clock.",
    },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key, or a token of the identity provider',
        },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
    },
    security: [{ bearer: [] }, { session: [] }, {}],
    paths: {
      '/api/v1/objectives': {
        get: answers('How every promise stands', objectiveListSchema, objectivesQuery),
      },
      '/api/v1/objectives/{id}': {
        get: ofOne('How a promise stands, or stood', objectiveStatusSchema, statusQuery),
      },
      '/api/v1/objectives/{id}/budget': {
        get: ofOne('The error budget of any window', budgetSchema, budgetQuery),
      },
      '/api/v1/objectives/{id}/burn-rates': {
        get: ofOne('Burn rates of the alert windows', burnRateListSchema, burnRatesQuery),
      },
      '/api/v1/objectives/{id}/series': {
        get: ofOne('The course of events and budget', seriesSchema, seriesQuery),
      },
      '/api/v1/objectives/{id}/incidents': {
        get: ofOne('Incidents, MTTD, MTTR, MTTF, MTBF', incidentListSchema, incidentsQuery),
      },
      '/api/v1/objectives/{id}/groups': {
        get: ofOne('How each label set stands, worst first', groupListSchema, groupsQuery),
      },
      '/api/v1/objectives/{id}/versions': {
        get: ofOne('What was promised, and since when', versionListSchema, versionsQuery),
      },
      '/api/v1/objectives/{id}/what-if': {
        get: ofOne('Another target or window on the same events', whatIfSchema, whatIfQuery),
      },
      '/api/v1/objectives/{id}/slices': {
        get: ofOne('The minutes themselves, oldest first', sliceListSchema, slicesQuery),
      },
      '/api/v1/objectives/{id}/explain': {
        get: ofOne('The ledger against PromQL, with the causes', explanationSchema, explainQuery),
      },
      '/api/v1/objectives/{id}/spent-by': {
        get: ofOne('Bad events by their labels, from the source', spentBySchema, spentByQuery),
      },
      '/api/v1/policies': {
        get: answers('Budget policies and the calls they made', policyListSchema, policiesQuery),
      },
      '/api/v1/openslo': {
        get: {
          ...answers('Promises as OpenSLO v1', exportedSchema, exportQuery),
          responses: {
            '200': {
              description: 'YAML, or JSON with what OpenSLO cannot say',
              content: {
                'application/yaml': { schema: z.string() },
                'application/json': { schema: exportedSchema },
              },
            },
            '400': problem,
            '404': problem,
            ...refusals,
          },
        },
      },
      '/api/v1/openslo/validate': {
        post: takesYaml('Checks OpenSLO v1 documents', '200', openSloReadingSchema),
      },
      '/api/v1/openslo/what-if': {
        post: takesYaml(
          'Checks OpenSLO v1 documents and tries their promises on the last 30 days; keeps nothing',
          '200',
          triedDocumentsSchema,
        ),
      },
      '/api/v1/openslo/imports': {
        get: answers('Documents that were imported', importedListSchema, importsQuery),
        post: {
          ...takesYaml(
            'Keeps OpenSLO v1 documents as declarations; `sprout config build` takes them in',
            '201',
            importedSchema,
          ),
          requestParams: { query: importQuery },
        },
      },
      '/api/v1/openslo/imports/{id}': {
        delete: ofOne('Takes imported documents away', importedSchema),
      },
      '/status': { get: file('Public status page', 'text/html', languageQuery) },
      '/status.atom': {
        get: file('The same as an Atom feed', 'application/atom+xml', languageQuery),
      },
      '/status.rss': { get: file('The same as an RSS feed', 'application/rss+xml', languageQuery) },
      '/badge/{file}': {
        get: {
          ...file('A promise as an SVG badge', 'image/svg+xml', languageQuery),
          requestParams: {
            query: languageQuery,
            path: z.object({ file: z.string().meta({ example: 'order-availability.svg' }) }),
          },
        },
      },
      '/api/v1/alerts': { get: answers('Pages, newest first', pageListSchema, alertsQuery) },
      '/api/v1/alerts/{id}': { get: ofOne('One page', pageSchema) },
      '/api/v1/alerts/{id}/silences': {
        get: ofOne(
          'Silences of a page, or of one of its objectives',
          silenceListSchema,
          silencesQuery,
        ),
        post: {
          ...records('Silences a page', silenceInputSchema, silenceSchema),
          requestParams: { path: z.object({ id: z.string() }) },
        },
      },
      '/api/v1/silences/{id}': {
        delete: ofOne('Ends a silence now', silenceSchema, expireQuery),
      },
      '/api/v1/alertmanager': { post: webhook },
      '/api/v1/reports/{id}': {
        get: ofOne(
          'How a promise was kept in a week, month, quarter, year or some days; also as CSV and HTML',
          reportSchema,
          reportQuery,
        ),
      },
      '/api/v1/exclusions': {
        get: answers('Time that is left out of budgets', exclusionListSchema, exclusionsQuery),
        post: records('Leaves time out of budgets', exclusionInputSchema, exclusionSchema),
      },
      '/api/v1/exclusions/{id}': {
        get: ofOne('One exclusion', exclusionSchema),
        delete: ofOne('Revokes an exclusion; its record stays', exclusionSchema, revokeQuery),
      },
      '/api/v1/annotations': {
        get: answers('Deploys and other events', annotationListSchema, annotationsQuery),
        post: records('Records a deploy or another event', annotationInputSchema, annotationSchema),
      },
      '/api/v1/sources': {
        get: answers(
          'Where figures come from, and whether it answers',
          sourceListSchema,
          sourcesQuery,
        ),
      },
      '/api/v1/sources/cost': {
        get: answers('Queries and samples that metering asks for in an hour', meteringCostSchema),
      },
      '/api/v1/identity': { get: answers('Who is asking, and as what', identitySchema) },
      '/api/v1/keys': {
        get: answers('API keys, without what they open', keyListSchema, keysQuery),
        post: records('Makes a key and shows it once', keyInputSchema, newKeySchema),
      },
      '/api/v1/keys/{id}': { delete: ofOne('Takes a key away', keySchema) },
      '/api/v1/audit': {
        get: answers('Who did what, newest first', listOf(auditEntrySchema), auditQuery),
      },
      '/api/v1/dashboards': {
        get: answers('Dashboards that the console draws', dashboardListSchema, dashboardsQuery),
      },
      '/api/v1/dashboards/{id}': { get: ofOne('One dashboard as a model', dashboardFileSchema) },
      '/api/v1/config': { get: answers('Names and links', configAnswerSchema) },
    },
  });
}

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string().optional(),
    code: z.string().optional(),
    hint: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

const problem = {
  description: 'What was wrong, and what to do',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** What every route may answer, where callers are asked who they are, or ask too much. */
const refusals = { '401': problem, '403': problem, '429': problem };

function answers(
  summary: string,
  schema: z.ZodType,
  query?: z.ZodObject,
): ZodOpenApiOperationObject {
  return {
    summary,
    ...(query === undefined ? {} : { requestParams: { query } }),
    responses: {
      '200': { description: summary, content: { 'application/json': { schema } } },
      ...(query === undefined ? {} : { '400': problem }),
      ...refusals,
    },
  };
}

function ofOne(summary: string, schema: z.ZodType, query?: z.ZodObject): ZodOpenApiOperationObject {
  const operation = answers(summary, schema, query);
  return {
    ...operation,
    requestParams: { ...operation.requestParams, path: z.object({ id: z.string() }) },
    responses: { ...operation.responses, '404': problem },
  };
}

function records(summary: string, body: z.ZodType, schema: z.ZodType): ZodOpenApiOperationObject {
  return {
    summary,
    requestBody: { content: { 'application/json': { schema: body } } },
    responses: {
      '201': { description: summary, content: { 'application/json': { schema } } },
      '400': problem,
      '409': problem,
      ...refusals,
    },
  };
}

const languageQuery = z.object({ lang: z.enum(languages).optional() });

function file(summary: string, type: string, query: z.ZodObject): ZodOpenApiOperationObject {
  return {
    summary,
    requestParams: { query },
    responses: {
      '200': { description: summary, content: { [type]: { schema: z.string() } } },
      ...refusals,
    },
  };
}

function takesYaml(
  summary: string,
  status: '200' | '201',
  schema: z.ZodType,
): ZodOpenApiOperationObject {
  return {
    summary,
    requestBody: { content: { 'application/yaml': { schema: z.string() } } },
    responses: {
      [status]: { description: summary, content: { 'application/json': { schema } } },
      '400': problem,
      '409': problem,
      ...refusals,
    },
  };
}

const webhook: ZodOpenApiOperationObject = {
  summary: 'Takes a notification of Alertmanager (webhook version 4)',
  requestBody: { content: { 'application/json': { schema: webhookSchema } } },
  responses: {
    '200': {
      description: 'The page it belongs to; null when it makes none',
      content: { 'application/json': { schema: z.object({ page: z.string().nullable() }) } },
    },
    '400': problem,
  },
};
