import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { accessKeysMax } from '@sprout/process';
import { z } from 'zod';
import { freePort } from '../testing/alertmanager-process.ts';
import { testAudience, startOidcProvider } from '../testing/oidc-provider.ts';
import type { TestProvider } from '../testing/oidc-provider.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { listOf } from '../api/paging.ts';
import { auditEntrySchema } from '../audit/audit-log.ts';
import { createKey } from './api-key.ts';
import { newKeySchema } from './key-routes.ts';
import { failuresPerMinuteMax } from './rate-limit.ts';

const keys = {
  viewer: createKey('eyes', 'viewer', Date.now()),
  editor: createKey('hands', 'editor', Date.now()),
  admin: createKey('head', 'admin', Date.now()),
};
let provider: TestProvider;
let service: RunningService;

before(async () => {
  // The port is not known before the provider must know where browsers go back to.
  const port = await freePort();
  provider = await startOidcProvider(`http://127.0.0.1:${port}/auth/callback`);
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const { issuer, clientId } = provider;
  const roles = { viewer: ['sprout-viewer'], editor: ['sprout-editor'] };
  const oidc = { issuer, clientId, audience: testAudience, roles };
  const access = { keys: Object.values(keys).map(({ kept }) => kept), oidc };
  const history = { untilMs, minutes: 3, ok: () => 1, failed: () => 0 };
  const input = { access, ports: { 'slo-service': port }, links: { console: '' } };
  service = await runningService(shopSeries(history), input, keys.viewer.key);
});

after(async () => {
  await service.stop();
  await provider.stop();
});

async function ask(path: string, token?: string, init: RequestInit = {}) {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...init.headers };
  const response = await fetch(service.url + path, { redirect: 'manual', ...init, headers });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const answer: unknown = isJson ? JSON.parse(text) : text;
  const code = typeof answer === 'object' && answer && 'code' in answer ? answer.code : undefined;
  return { status: response.status, answer, code, headers: response.headers };
}

const json = (method: string, body?: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
const note = { title: 'a note', kind: 'note', by: 'somebody else' };

it('who shows nothing reads nothing, but learns that the service is alive', async () => {
  for (const path of ['/api/v1/objectives', '/telemetry/prometheus/api/v1/query', '/api/v1/keys']) {
    const { status, code, headers } = await ask(path);
    assert.deepEqual([path, status, code], [path, 401, 'UNAUTHENTICATED']);
    assert.equal(headers.get('www-authenticate'), 'Bearer realm="sprout"');
  }
  assert.deepEqual((await ask('/readyz')).answer, { status: 'ready' });
  assert.equal((await ask('/healthz')).status, 200);
  assert.equal((await ask('/metrics')).status, 200);
  const forwarded = await ask('/metrics', undefined, {
    headers: { 'x-forwarded-for': '10.0.0.9' },
  });
  assert.equal(forwarded.status, 401);
  assert.equal((await ask('/api/v1/objectives', 'sprout_00000000_wrong')).code, 'KEY_UNKNOWN');
});

it('each role may do what it may, and records name the identity', async () => {
  const writes = (key: string) => ask('/api/v1/annotations', key, json('POST', note));
  assert.equal((await ask('/api/v1/objectives', keys.viewer.key)).status, 200);
  assert.equal((await writes(keys.viewer.key)).code, 'ROLE_TOO_LOW');
  const written = await writes(keys.editor.key);
  assert.equal(written.status, 201);
  assert.match(JSON.stringify(written.answer), /"by":"key:hands"/);
  assert.equal((await ask('/api/v1/keys', keys.editor.key)).code, 'ROLE_TOO_LOW');
  assert.equal((await ask('/API/V1/Keys', keys.editor.key)).code, 'ROLE_TOO_LOW');
  assert.equal((await ask('/api/v1/keys', keys.admin.key)).status, 200);
});

it('who may read may also have declarations judged and tried, which keeps nothing', async () => {
  const body = {
    method: 'POST',
    headers: { 'content-type': 'application/yaml' },
    body: 'kind: no',
  };
  const asked = (verb: string) => ask(`/api/v1/openslo/${verb}?name=x`, keys.viewer.key, body);
  assert.equal((await asked('validate')).status, 200);
  assert.equal((await asked('what-if')).status, 200);
  assert.equal((await asked('imports')).code, 'ROLE_TOO_LOW');
});

it('a key that an admin makes is shown once, works, and ends with its sessions', async () => {
  const { admin } = keys;
  const made = await ask('/api/v1/keys', admin.key, json('POST', { name: 'ci', role: 'editor' }));
  const { id, key } = newKeySchema.parse(made.answer);
  const listed = await ask('/api/v1/keys', admin.key);
  assert.match(JSON.stringify(listed.answer), new RegExp(id));
  assert.ok(!JSON.stringify(listed.answer).includes(key));
  const file = `${service.test.config.dataDir}/slo-service/keys.json`;
  assert.equal(statSync(file).mode & 0o777, 0o600);

  const form = new URLSearchParams({ key, return: '//evil.example/x' });
  const signedIn = await ask('/auth/session', undefined, { method: 'POST', body: form });
  assert.deepEqual([signedIn.status, signedIn.headers.get('location')], [303, '/']);
  const set = signedIn.headers.get('set-cookie') ?? '';
  assert.match(set, /^sprout_session=.*; HttpOnly; SameSite=Lax$/);
  const cookie = set.split(';')[0] ?? '';
  const own = { ...json('POST', note) };
  const asPage = (site: string) => ({
    ...own,
    headers: { ...own.headers, cookie, 'sec-fetch-site': site },
  });
  const identity = await ask('/api/v1/identity', undefined, { headers: { cookie } });
  assert.deepEqual(identity.answer, {
    name: 'key:ci',
    role: 'editor',
    by: 'session',
    asksForKeys: true,
    oidc: true,
  });
  assert.equal((await ask('/api/v1/annotations', undefined, asPage('same-origin'))).status, 201);
  assert.equal((await ask('/api/v1/annotations', undefined, asPage('cross-site'))).status, 401);

  assert.equal((await ask(`/api/v1/keys/${id}`, admin.key, { method: 'DELETE' })).status, 200);
  assert.equal((await ask('/api/v1/identity', undefined, { headers: { cookie } })).status, 401);
  assert.equal((await ask('/api/v1/identity', key)).code, 'KEY_UNKNOWN');
});

it('a file that holds as many keys as it may refuses another', async () => {
  const file = `${service.test.config.dataDir}/slo-service/keys.json`;
  const before = readFileSync(file, 'utf8');
  const { kept } = keys.viewer;
  const id = (index: number) => String(index).padStart(8, '0');
  const full = Array.from({ length: accessKeysMax }, (_, index) => ({ ...kept, id: id(index) }));
  writeFileSync(file, JSON.stringify({ keys: full }));
  const asked = json('POST', { name: 'ci', role: 'editor' });
  const refused = await ask('/api/v1/keys', keys.admin.key, asked);
  assert.deepEqual([refused.status, refused.code], [409, 'KEYS_FULL']);
  const korean = await ask('/api/v1/keys?lang=ko', keys.admin.key, asked);
  assert.match(JSON.stringify(korean.answer), /키가 \d+개 있어 더 넣을 수 없습니다/);
  writeFileSync(file, before);
});

it('an admin reads who did what, page by page, without secrets', async () => {
  const wrong = await ask('/api/v1/audit', keys.editor.key);
  assert.equal(wrong.code, 'ROLE_TOO_LOW');
  const read = async (query: string) => {
    const { answer, headers } = await ask(`/api/v1/audit?${query}`, keys.admin.key);
    return { ...listOf(auditEntrySchema).parse(answer), link: headers.get('link') };
  };
  const all = await read('');
  const told = all.items.map(({ by, action, from }) => `${by} ${action} ${from}`);
  assert.ok(told.includes('key:hands annotation.create 127.0.0.1'), told.join('\n'));
  assert.ok(told.includes('key:ci session.create 127.0.0.1'));
  assert.doesNotMatch(JSON.stringify(all), /sprout_[0-9a-f]{8}_|sha256/);
  const seen = [];
  let query = 'limit=2';
  for (;;) {
    const { items, next, link } = await read(query);
    seen.push(...items.map(({ id }) => id));
    assert.equal(link, next && `</api/v1/audit?limit=2&cursor=${next}>; rel="next"`);
    if (next === null) break;
    query = `limit=2&cursor=${next}`;
  }
  assert.deepEqual(
    seen,
    all.items.map(({ id }) => id),
  );
  const revoked = await read('action=key.revoke');
  assert.match(JSON.stringify(revoked.items[0]?.before), /"name":"ci","role":"editor"/);
  assert.equal(revoked.items[0]?.after, null);
  assert.equal((await ask('/api/v1/audit?cursor=bm9uZQ', keys.admin.key)).code, 'CURSOR_UNKNOWN');
});

it('what goes wrong is told in the language that is asked for, with the values at fault', async () => {
  const korean = { headers: { 'accept-language': 'ko-KR,en;q=0.5' } };
  const shop = 'objectives/shop-availability';
  const { viewer } = keys;
  for (const [code, value, path, init = korean] of [
    ['QUERY_INVALID', 'limit', 'objectives?limit=0'],
    ['QUERY_INVALID', 'at', 'objectives?at=yesterday'],
    ['QUERY_INVALID', 'month@Asia/Seoul', `${shop}/budget?window=soon`],
    ['QUERY_INVALID', 'month', 'reports/shop-availability?month=2026-13'],
    ['QUERY_INVALID', 'zone', 'reports/shop-availability?period=2026&zone=Seoul'],
    ['QUERY_INVALID', 'period', 'reports/shop-availability'],
    ['PERIOD_INVALID', 'W53', 'reports/shop-availability?period=2021-W53'],
    ['PERIOD_NOT_BEGUN', '2099', 'reports/shop-availability?period=2099'],
    ['MONTH_NOT_BEGUN', '2099-01', 'reports/shop-availability?month=2099-01'],
    ['RANGE_INVALID', 'from', `${shop}/series?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z`],
    ['CURSOR_UNKNOWN', 'cursor', 'objectives?cursor=bm9uZQ'],
    ['OBJECTIVE_UNKNOWN', '"none"', 'objectives/none'],
    ['GROUP_UNKNOWN', '"a=b"', `${shop}/budget?group=a=b`],
    ['PAGE_UNKNOWN', '"none"', 'alerts/none'],
    ['EXCLUSION_UNKNOWN', '"none"', 'exclusions/none'],
    ['NOT_FOUND', '/api/v1/nothing', 'nothing'],
    ['ROLE_TOO_LOW', 'editor', 'annotations', { ...korean, method: 'POST' }],
  ] as const) {
    const asked = await ask(`/api/v1/${path}`, viewer.key, init);
    assert.equal(asked.code, code, path);
    const { title, detail, hint, errors = [] } = spokenSchema.parse(asked.answer);
    for (const text of [title, detail, hint, ...errors.map(({ reason }) => reason)]) {
      assert.match(text, /[가-힣]/, `${path}: ${text}`);
    }
    assert.ok(detail.includes(value), `${path}: ${detail}`);
  }
  const english = await ask('/api/v1/objectives/none?lang=en', viewer.key, korean);
  assert.match(JSON.stringify(english.answer), /There is no such objective/);
  assert.doesNotMatch(JSON.stringify(english.answer), /[가-힣]/);
});

const spokenSchema = z.object({
  title: z.string(),
  detail: z.string(),
  hint: z.string(),
  errors: z.array(z.object({ reason: z.string() })).optional(),
});

it("the identity provider's tokens carry roles, and only those for us count", async () => {
  const token = await provider.tokenFor(['sprout-viewer', 'something']);
  const { answer } = await ask('/api/v1/identity', token);
  assert.match(JSON.stringify(answer), /"name":"robot","role":"viewer","by":"token"/);
  assert.equal((await ask('/api/v1/annotations', token, json('POST', note))).code, 'ROLE_TOO_LOW');
  const none = await provider.tokenFor(['nothing']);
  assert.equal((await ask('/api/v1/identity', none)).code, 'ROLE_MISSING');
  const other = await provider.tokenFor(['sprout-editor'], 'https://elsewhere.test');
  assert.equal((await ask('/api/v1/identity', other)).code, 'TOKEN_INVALID');
  const forged = `${token.slice(0, -8)}AAAAAAAA`;
  assert.equal((await ask('/api/v1/identity', forged)).code, 'TOKEN_INVALID');
});

it('a browser signs in at the identity provider with a code', async () => {
  const page = await ask('/login?return=/slo/x', undefined, {
    headers: { 'accept-language': 'ko' },
  });
  assert.match(String(page.answer), /lang="ko"[^]*\/auth\/oidc\?return=%2Fslo%2Fx/);
  const { cookies, location } = await browse(`${service.url}/auth/oidc?return=%2Fslo%2Fx`);
  assert.equal(location, '/slo/x');
  const cookie = `sprout_session=${cookies.get('sprout_session') ?? ''}`;
  const { answer } = await ask('/api/v1/identity', undefined, { headers: { cookie } });
  assert.match(JSON.stringify(answer), /"name":"ana@example.com","role":"editor","by":"session"/);
  const stray = await ask('/auth/callback?code=x&state=y');
  assert.equal(stray.code, 'LOGIN_FAILED');
});

/** Follows redirects and fills in the provider's forms, as a browser does. */
async function browse(start: string) {
  const cookies = new Map<string, string>();
  let url = start;
  let init: RequestInit = {};
  for (let step = 0; step < 15; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null && cookies.get('sprout_session')) return { cookies, location };
    if (location !== null) {
      url = new URL(location, url).href;
      init = {};
      continue;
    }
    const html = await response.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
    assert.ok(action, html);
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? '';
    url = new URL(action, url).href;
    init = { method: 'POST', body: new URLSearchParams({ prompt, login: 'ana', password: 'x' }) };
  }
  throw new Error('the sign-in does not come to an end');
}

it('only Alertmanager and its token send notifications, and the token opens nothing else', async () => {
  const token = readFileSync(`${service.test.config.dataDir}/secrets/webhook`, 'utf8');
  const body = json('POST', { version: '4' });
  assert.equal((await ask('/api/v1/alertmanager', token, body)).code, 'BODY_INVALID');
  assert.equal((await ask('/api/v1/alertmanager', keys.viewer.key, body)).code, 'ROLE_TOO_LOW');
  assert.equal((await ask('/api/v1/alertmanager', undefined, body)).code, 'UNAUTHENTICATED');
  assert.equal((await ask('/api/v1/objectives', token)).code, 'ROLE_TOO_LOW');
});

it('an address that guesses is not listened to any more', async () => {
  for (let attempt = 0; attempt < failuresPerMinuteMax; attempt++) await ask('/api/v1/keys');
  const { status, code, headers } = await ask('/api/v1/keys');
  assert.deepEqual([status, code], [429, 'RATE_LIMITED']);
  assert.ok(Number(headers.get('retry-after')) > 0);
});
