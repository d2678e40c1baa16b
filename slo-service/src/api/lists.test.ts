import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { exportOpenSlo } from '@sprout/objectives/openslo';
import { z } from 'zod';
import { createKey } from '../access/api-key.ts';
import { startAlertmanager } from '../testing/alertmanager-process.ts';
import type { TestAlertmanager } from '../testing/alertmanager-process.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { groupedObjectives } from '../testing/test-config.ts';
import { openApiDocument } from './openapi.ts';

const dashboardsDir = join(import.meta.dirname, '../../../dashboards-as-code/_generated/models');
const keys = {
  admin: createKey('lists', 'admin', Date.now()),
  viewer: createKey('eyes', 'viewer', Date.now()),
};
let service: RunningService;
let alertmanager: TestAlertmanager;
/** The page that was told of last. */
let page = '';

/** The availability was promised less strictly once. */
const objectives = groupedObjectives.map((one) =>
  one.id === 'shop-availability'
    ? { ...one, before: [{ until: '2026-01-01T00:00:00Z', target: 0.9 }] }
    : one,
);

/** Two outages of two minutes, far enough apart to be two incidents. */
const failed = (scrape: number) => (scrape % 80 >= 40 && scrape % 80 < 48 ? 30 : 0);

before(async () => {
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const series = shopSeries({ untilMs, minutes: 40, ok: () => 70, failed });
  const url = 'http://127.0.0.1:9/';
  const policies = ['low', 'lower'].map((name) => ({ name, leftBelow: 0, url }));
  const access = { keys: [keys.admin.kept, keys.viewer.kept] };
  alertmanager = await startAlertmanager();
  const telemetry = { alertmanager: { url: alertmanager.url } };
  const input = { objectives, policies, access, dashboardsDir, telemetry };
  service = await runningService(series, input, keys.admin.key);
  for (const add of Object.values(additions)) for (const name of ['one', 'two']) await add(name);
  for (const reason of ['one', 'two']) {
    await post(`alerts/${page}/silences`, { minutes: 5, reason, by: 'ana' });
  }
});

after(async () => {
  await service.stop();
  await alertmanager.stop();
});

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** What adds one to each list that grows by being written to. */
const additions: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
  exclusions: (name) => {
    const when = { kind: 'once', from: ago(2), to: ago(1) };
    return post('exclusions', { when, reason: name, objectives: ['shop-latency'] });
  },
  annotations: (name) => post('annotations', { title: name }),
  keys: (name) => post('keys', { name, role: 'viewer' }),
  audit: (name) => post('annotations', { title: name }),
  alerts: (name) =>
    tell(name, {
      alertname: name,
      severity: 'page',
      objective: 'shop-availability',
      page_group: name,
    }),
  'openslo/imports': (name) => {
    const [first] = groupedObjectives;
    assert.ok(first);
    const { documents } = exportOpenSlo([{ ...first, id: `shop-${name}` }]);
    return post(`openslo/imports?name=${name}`, documents);
  },
};

async function tell(groupKey: string, labels: Record<string, string>): Promise<void> {
  const annotations = { summary: groupKey };
  const alerts = [{ status: 'firing', labels, annotations, startsAt: ago(1) }];
  const body = { version: '4', groupKey, status: 'firing', alerts };
  page = toldSchema.parse(JSON.parse(await post('alertmanager', body))).page ?? page;
}

const toldSchema = z.object({ page: z.string().nullable() });

async function post(path: string, body: unknown): Promise<string> {
  const response = await fetch(`${service.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.admin.key}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${path}: ${text}`);
  return text;
}

/** Otherwise fetch adds no-cache to a conditional request, which asks for a whole answer. */
const conditional = { 'cache-control': 'max-age=0' };

const get = (path: string, headers: Record<string, string> = {}, { key } = keys.admin) =>
  fetch(addressOf(path), { headers: { authorization: `Bearer ${key}`, ...headers } });

/** A list of something is that of one objective, or of the last page. */
const addressOf = (path: string) =>
  service.url +
  path.replace('{id}', path.startsWith('/api/v1/alerts/') ? page : 'shop-availability');

const partSchema = z.object({ items: z.array(z.unknown()), next: z.string().nullable() });

/** An answer, whole or in part, and where its `Link` goes on. */
async function part(path: string) {
  const response = await get(path);
  const text = await response.text();
  assert.equal(response.status, 200, `${path}: ${text}`);
  const link = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
  return { ...partSchema.parse(JSON.parse(text)), link };
}

const shownSchema = z.object({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});
const answerSchema = z.object({
  content: z.record(z.string(), z.object({ schema: shownSchema })).optional(),
});
const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.object({ get: z.object({ responses: z.record(z.string(), answerSchema) }).optional() }),
  ),
  components: z.object({ schemas: z.record(z.string(), shownSchema) }),
});

/** Every list that the description knows. */
const lists = listsOf(openApiDocument());

function listsOf(document: unknown): string[] {
  const { paths, components } = documentSchema.parse(JSON.parse(JSON.stringify(document)));
  return Object.entries(paths).flatMap(([path, { get: operation }]) => {
    const schema = operation?.responses['200']?.content?.['application/json']?.schema;
    const name = schema?.$ref?.split('/').at(-1) ?? '';
    const { items, next } = (components.schemas[name] ?? schema)?.properties ?? {};
    return items !== undefined && next !== undefined ? [path] : [];
  });
}

it('the lists are found in the description', () => {
  const names = lists.map((path) => path.split('/').at(-1));
  for (const name of ['objectives', 'incidents', 'slices', 'alerts', 'audit', 'imports']) {
    assert.ok(names.includes(name), name);
  }
});

for (const path of lists) {
  it(`${path} goes on in parts of one, to the same whole`, async () => {
    const range = path.endsWith('/slices') ? `from=${ago(4)}&to=${ago(1)}&` : '';
    const whole = await part(`${path}?${range}limit=100`);
    assert.ok(whole.items.length >= 2, `${whole.items.length} in it`);
    const seen: unknown[][] = [];
    for (let link: string | undefined = `${path}?${range}limit=1`; link !== undefined;) {
      const one = await part(link);
      assert.equal(one.items.length, 1, link);
      assert.equal(one.next === null, one.link === undefined, link);
      seen.push(one.items);
      link = one.link;
    }
    // Annotations go back from their end.
    const ordered = path.endsWith('/annotations') ? seen.toReversed() : seen;
    assert.deepEqual(ordered.flat(), whole.items);
  });
}

it('what has not changed is not sent again, whichever list it is', async () => {
  for (const path of lists) {
    // A reading or a new minute may fall between two requests, hardly between many.
    for (let attempt = 0; ; attempt += 1) {
      const etag = (await get(path)).headers.get('etag') ?? '';
      const { status } = await get(path, { ...conditional, 'if-none-match': etag });
      if (status === 304) break;
      assert.ok(attempt < 10, `${path} is always sent`);
    }
  }
});

for (const [name, add] of Object.entries(additions)) {
  it(`${name} that were added to are sent again at once`, async () => {
    const path = `/api/v1/${name}`;
    const etag = (await get(path)).headers.get('etag') ?? '';
    await add('three');
    const again = await get(path, { ...conditional, 'if-none-match': etag });
    assert.match(await again.text(), /three/);
  });
}

it('a source that is heard again shows at once', async () => {
  const path = '/api/v1/sources';
  const silent = await get(path);
  const etag = silent.headers.get('etag') ?? '';
  assert.match(await silent.text(), /"name":"alerting","healthy":false/);
  await tell('watchdog', { alertname: 'Watchdog', severity: 'none' });
  const heard = await get(path, { ...conditional, 'if-none-match': etag });
  assert.match(await heard.text(), /"name":"alerting","healthy":true/);
});

it('what one caller is told of itself is not fresh for another', async () => {
  const path = '/api/v1/identity';
  const etag = (await get(path)).headers.get('etag') ?? '';
  const other = await get(path, { ...conditional, 'if-none-match': etag }, keys.viewer);
  assert.equal(other.status, 200);
  assert.match(await other.text(), /"name":"key:eyes","role":"viewer"/);
});
