import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { exportOpenSlo } from '@sprout/objectives/openslo';
import { createKey } from '../access/api-key.ts';
import { auditEntrySchema } from '../audit/audit-log.ts';
import { startAlertmanager } from '../testing/alertmanager-process.ts';
import type { TestAlertmanager } from '../testing/alertmanager-process.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { testConfig, testObjectives } from '../testing/test-config.ts';
import { createLifecycle, createLogger } from '@sprout/process';
import { createService } from '../service.ts';
import { routesOf } from '../testing/routes.ts';
import { createApp } from './app.ts';
import { openApiDocument } from './openapi.ts';
import { listOf } from './paging.ts';

const dashboardsDir = join(import.meta.dirname, '../../../dashboards-as-code/_generated/models');
const admin = createKey('contract', 'admin', Date.now());
let service: RunningService;
let alertmanager: TestAlertmanager;

before(async () => {
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const failed = (scrape: number) => (scrape < 60 ? 0 : 30);
  const series = shopSeries({ untilMs, minutes: 20, ok: () => 70, failed });
  const access = { keys: [admin.kept] };
  alertmanager = await startAlertmanager();
  const telemetry = { alertmanager: { url: alertmanager.url } };
  const policies = [{ name: 'low', leftBelow: 1, url: 'http://127.0.0.1:9/' }];
  service = await runningService(series, { access, policies, dashboardsDir, telemetry }, admin.key);
});

after(async () => {
  await service.stop();
  await alertmanager.stop();
});

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const month = new Date().toISOString().slice(0, 7);

/** What is sent to each operation, in the order in which it makes sense. */
const cases: readonly Case[] = [
  ...[
    'objectives',
    'objectives/{id}',
    'objectives/{id}/budget',
    'objectives/{id}/burn-rates',
    'objectives/{id}/series',
    'objectives/{id}/incidents',
    'objectives/{id}/groups',
    'objectives/{id}/slices',
    'objectives/{id}/explain',
    'objectives/{id}/spent-by',
    'objectives/{id}/versions',
  ].map((path) => ({ of: `GET /api/v1/${path}`, id: 'shop-availability' })),
  { of: 'GET /api/v1/objectives/{id}/what-if', id: 'shop-availability', query: { target: '0.9' } },
  { of: 'GET /api/v1/reports/{id}', id: 'shop-availability', query: { month, zone: 'UTC' } },
  {
    of: 'POST /api/v1/alertmanager',
    body: {
      version: '4',
      groupKey: 'a',
      status: 'firing',
      alerts: [{ status: 'firing', labels: { objective: 'shop-availability' }, startsAt: ago(2) }],
    },
    keep: ({ page }) => page,
  },
  { of: 'GET /api/v1/alerts' },
  { of: 'GET /api/v1/alerts/{id}' },
  { of: 'GET /api/v1/alerts/{id}/silences' },
  {
    of: 'POST /api/v1/alerts/{id}/silences',
    body: { minutes: 5, reason: 'contract' },
    keep: ({ id }) => id,
  },
  { of: 'DELETE /api/v1/silences/{id}' },
  {
    of: 'POST /api/v1/exclusions',
    body: { when: { kind: 'once', from: ago(3), to: ago(2) }, reason: 'contract' },
    keep: ({ id }) => id,
  },
  { of: 'GET /api/v1/exclusions' },
  { of: 'GET /api/v1/exclusions/{id}' },
  { of: 'DELETE /api/v1/exclusions/{id}', query: { reason: 'contract' } },
  { of: 'POST /api/v1/annotations', body: { title: 'contract' } },
  { of: 'GET /api/v1/annotations' },
  { of: 'GET /api/v1/dashboards', keep: ({ items }) => (items as Json[])[0]?.['slug'] },
  { of: 'GET /api/v1/dashboards/{id}' },
  { of: 'GET /api/v1/sources' },
  { of: 'GET /api/v1/sources/cost' },
  { of: 'GET /api/v1/config' },
  { of: 'GET /api/v1/identity' },
  { of: 'GET /api/v1/policies' },
  { of: 'GET /api/v1/openslo', query: { objective: 'shop-availability', format: 'json' } },
  { of: 'POST /api/v1/openslo/validate', text: 'kind: none' },
  { of: 'POST /api/v1/openslo/what-if', text: anotherPromise() },
  { of: 'POST /api/v1/openslo/imports', query: { name: 'x' }, text: anotherPromise() },
  { of: 'GET /api/v1/openslo/imports' },
  { of: 'DELETE /api/v1/openslo/imports/{id}', id: 'x' },
  { of: 'GET /status' },
  { of: 'GET /status.atom' },
  { of: 'GET /status.rss' },
  { of: 'GET /badge/{file}', id: 'shop-availability.svg' },
  {
    of: 'POST /api/v1/keys',
    body: { name: 'x', role: 'viewer' },
    keep: ({ id }) => id,
  },
  { of: 'GET /api/v1/keys' },
  { of: 'DELETE /api/v1/keys/{id}' },
  { of: 'GET /api/v1/audit' },
];

/** A promise beside those of the configuration. */
function anotherPromise(): string {
  const [first] = testObjectives;
  assert.ok(first);
  return exportOpenSlo([{ ...first, id: 'shop-again' }]).documents;
}

interface Case {
  readonly of: string;
  /** The id that the path names; the one that was kept last by default. */
  readonly id?: string;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  /** Sent as YAML. */
  readonly text?: string;
  /** What later cases name. */
  keep?(answer: Record<string, unknown>): unknown;
}

type Json = Record<string, unknown>;
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Json }> }>>;
  components: { schemas?: Json };
};

/** The schema of an answer, with what it refers to. */
function schemaOf(content: unknown): z.ZodType {
  const text = JSON.stringify({ ...(content as Json), $defs: document.components.schemas ?? {} });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}

it('every operation of the description answers as it says', async () => {
  const said = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(said.toSorted(), cases.map(({ of }) => of).toSorted());
  let kept = '';
  for (const one of cases) {
    const { status, type, text } = await send(one, kept);
    const [method = '', path = ''] = one.of.split(' ');
    const answer = document.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
    assert.ok(status < 300 && answer !== undefined, `${one.of}: ${status} ${text}`);
    const content = answer.content?.[type] as { schema: unknown } | undefined;
    assert.ok(content, `${one.of} answers ${type}`);
    if (type !== 'application/json') continue;
    const body: unknown = JSON.parse(text);
    const { error } = schemaOf(content.schema).safeParse(body);
    assert.equal(error, undefined, `${one.of}: ${error?.message} in ${text.slice(0, 500)}`);
    if (one.keep) kept = String(one.keep(body as Json));
  }
});

async function send({ of, id, query, body, text: yaml }: Case, kept: string) {
  const [method = '', path = ''] = of.split(' ');
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  const response = await fetch(service.url + path.replace(/\{\w+\}/, id ?? kept) + search, {
    method,
    headers: { authorization: `Bearer ${admin.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(yaml === undefined ? {} : { body: yaml }),
  });
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  return { status: response.status, type, text: await response.text() };
}

/** What is posted and changes nothing, and what a machine posts. */
const unaudited = [
  'POST /api/v1/openslo/validate',
  'POST /api/v1/openslo/what-if',
  'POST /api/v1/alertmanager',
];

it('whatever was changed, the audit log says what and by whom', async () => {
  const audit = await send({ of: 'GET /api/v1/audit' }, '');
  const { items } = listOf(auditEntrySchema).parse(JSON.parse(audit.text));
  assert.deepEqual(items.map(({ by, action }) => `${by} ${action}`).toReversed(), [
    'key:contract silence.create',
    'key:contract silence.expire',
    'key:contract exclusion.create',
    'key:contract exclusion.revoke',
    'key:contract annotation.create',
    'key:contract declarations.import',
    'key:contract declarations.remove',
    'key:contract key.create',
    'key:contract key.revoke',
  ]);
  const changing = cases.filter(({ of }) => !of.startsWith('GET ') && !unaudited.includes(of));
  assert.equal(items.length, changing.length, 'one for each operation that changes something');
});

/** What is no part of the API that is described: pages, files, and what machines look at. */
const besides = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/',
  'GET /docs/start.js',
  // The console's pages.
  'GET /^[^.]*$/',
  'GET /login',
  'GET /auth/oidc',
  'GET /auth/callback',
  'POST /auth/session',
  'POST /auth/logout',
];

it('the description knows every route that there is', async () => {
  const test = testConfig({ access: { keys: [admin.kept] } });
  const logger = createLogger('slo-service');
  const lifecycle = createLifecycle(logger);
  lifecycle.onStop('configuration', test.dispose);
  const options = { config: test.config, logger, lifecycle, ownUrl: () => '' };
  const { context } = await createService(options);
  const found = routesOf(createApp(context));
  await lifecycle.stop();
  const said = cases.map(({ of }) => of.replace(/\{\w+\}/, ':id'));
  assert.deepEqual(found.toSorted(), [...said, ...besides].toSorted());
});

it('every problem is one, whatever goes wrong', async () => {
  const problem = schemaOf({ $ref: '#/components/schemas/Problem' });
  for (const path of ['/api/v1/objectives?limit=x', '/api/v1/none', '/api/v1/alerts/none']) {
    const response = await fetch(service.url + path, {
      headers: { authorization: `Bearer ${admin.key}` },
    });
    assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    problem.parse(await response.json());
  }
});
