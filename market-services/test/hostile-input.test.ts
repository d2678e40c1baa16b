import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { eventually } from '@sprout/process/testing';
import { assert as holds, asyncProperty, constantFrom } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { z } from 'zod';
import { createProgramToken } from '../src/program-token.ts';
import type { ProgramToken } from '../src/program-token.ts';
import { documentedOperations } from './documents.ts';
import type { DocumentedOperation } from './documents.ts';
import { attacks, badBody, badValue, goodBody } from './hostile-values.ts';
import { startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';
import { openStored, storing } from './stored.ts';
import type { Stored } from './stored.ts';

/** Every operation of every document is sent what it must refuse, and nothing may be written. */
const numRuns = Number(process.env['SPROUT_HOSTILE_RUNS'] ?? 25);

let market: TestMarket;
let token: ProgramToken;
let store: Stored;
const stored = () => store.sums();

before(async () => {
  market = await startTestMarket();
  token = createProgramToken(market.config, 'load');
  await token.ready(10_000);
  store = openStored(market);
});
after(async () => {
  token.stop();
  await store.close();
  await market.stop();
});

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Refused by a page for people instead of a problem. */
  readonly byPage?: boolean;
}

const form = 'application/x-www-form-urlencoded';

const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), reason: z.string() })).default([]),
});

async function isRefused({ method, url, body, headers, byPage }: Sent): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: token.authorization() ?? '',
      'accept-language': 'ko',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const what = `${method} ${url.slice(0, 200)} ${String(body).slice(0, 300)}: ${text.slice(0, 300)}`;
  assert.ok(response.status >= 400 && response.status < 500, `${response.status} to ${what}`);
  assert.doesNotMatch(text, /node_modules|\.ts:\d|SQL|ER_[A-Z]/, 'nothing from inside');
  const type = response.headers.get('content-type') ?? '';
  if (byPage && type.startsWith('text/html')) return assert.doesNotMatch(text, /<script|onerror/);
  assert.match(type, /^application\/problem\+json/, what);
  const { title, detail, errors } = problemSchema.parse(JSON.parse(text));
  for (const told of [title, detail ?? title, ...errors.map(({ reason }) => reason)]) {
    assert.match(told, /[가-힣]/, `in Korean: ${what}`);
  }
}

for (const documented of documentedOperations()) attack(documented);

function attack({ service, method, path, operation, body }: DocumentedOperation): void {
  const { parameters, responses } = operation;
  const name = `${service}: ${method} ${path}`;
  const isRouted = storing.some((one) => one === service);
  const base = () => (isRouted ? `${market.url('gateway')}/${service}` : market.url(service));
  const byPage = Object.hasOwn(responses['400']?.content ?? {}, 'text/html');
  const filled = (value: string) => base() + path.replaceAll(/\{\w+\}/g, encodeURIComponent(value));
  const somewhere = () => filled(service === 'account' ? unknownAccount : '5');
  if (path.includes('{')) {
    test(`${name} refuses ids that are none`, async () => {
      const hostile = constantFrom(...attacks.filter((one) => one.isWellFormed()));
      await refusesAll(hostile, (value) => ({
        method,
        url: filled(value),
        byPage,
        ...bodyFor(method),
      }));
    });
  }
  // What is not taken as it is, is taken for something else, and has a test of its own.
  const queries = parameters.filter(({ in: place, schema: { 'x-otherwise': otherwise } }) => {
    return place === 'query' && otherwise === undefined;
  });
  for (const parameter of queries) {
    test(`${name} refuses a wrong ${parameter.name}`, async () => {
      await refusesAll(badValue(parameter.schema).filter(isQueryable), (value) => ({
        method,
        url: `${somewhere()}?${parameter.name}=${encodeURIComponent(String(value))}`,
      }));
    });
  }
  if (body === undefined) return;
  const { type, schema } = body;
  const named = parameters.filter(({ in: place }) => place === 'header');
  const headers = { 'content-type': type };
  for (const parameter of named) {
    test(`${name} refuses a wrong ${parameter.name}, though all else is right`, async () => {
      const { maxLength = 0 } = parameter.schema;
      const before = await stored();
      for (const value of ['', 'x'.repeat(maxLength + 1), 'caf\u00e9']) {
        const body = JSON.stringify(goodBody(schema));
        const sent = { method, url: somewhere(), body };
        await isRefused({ ...sent, headers: { ...headers, [parameter.name]: value } });
      }
      assert.deepEqual(await stored(), before);
    });
  }
  test(`${name} refuses bodies that are wrong, too large or unreadable`, async () => {
    await refusesAll(badBody(schema), (body) => ({
      method,
      url: somewhere(),
      body: type === form ? asForm(body) : JSON.stringify(body),
      headers,
      byPage,
    }));
    const bomb = Buffer.from(gzipSync(Buffer.alloc(1024 * 1024, ' ')));
    const odd: readonly Omit<Sent, 'method' | 'url'>[] = [
      { body: '' },
      { body: '{"a":' },
      { body: `${'['.repeat(5_000)}${']'.repeat(5_000)}` },
      { body: '{"__proto__":{"role":"operator"}}' },
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      { body: '{}', headers: { 'content-type': 'application/json; charset=klingon' } },
      { body: new Uint8Array(bomb), headers: { 'content-encoding': 'gzip' } },
      { body: new Uint8Array([0xff, 0xfe, 0x00]) },
    ];
    const before = await stored();
    for (const one of odd) {
      const sent = { ...one, headers: { ...headers, ...one.headers } };
      await isRefused({ method, url: somewhere(), byPage, ...sent });
    }
    assert.deepEqual(await stored(), before);
  });
}

function asForm(body: unknown): string {
  if (typeof body !== 'object' || body === null) return String(body);
  const fields = Object.entries(body).map(([name, value]) => [name, String(value)] as const);
  return new URLSearchParams(Object.fromEntries(fields)).toString();
}

test('gateway: whatever is asked of a login, the browser goes to the provider alone', async () => {
  const wishes = constantFrom(...attacks.filter((one) => one.isWellFormed()), '//evil.example');
  await holds(
    asyncProperty(wishes, async (wish) => {
      const url = `${market.url('gateway')}/login?returnTo=${encodeURIComponent(wish)}`;
      const { status, headers } = await fetch(url, { redirect: 'manual' });
      assert.equal(status, 302);
      const there = new URL(headers.get('location') ?? '');
      assert.equal(there.origin, market.url('identity'));
      assert.ok(!there.href.includes('evil'));
    }),
    { numRuns },
  );
});

test('gateway: a forged cookie belongs to nobody, and ends no session', async () => {
  const forged = attacks.filter((one) => one.isWellFormed()).map(encodeURIComponent);
  for (const value of forged) {
    const cookie = `SESSION=${value}; LOGIN=${value}`;
    const ask = (method: string, path: string) =>
      fetch(market.url('gateway') + path, { method, headers: { cookie }, redirect: 'manual' });
    assert.equal((await ask('GET', '/session')).status, 401, value);
    assert.equal((await ask('GET', '/login/callback?code=a&state=b')).status, 400, value);
    assert.equal(
      (await ask('POST', '/logout')).headers.get('location'),
      `${market.url('gateway')}/`,
    );
  }
});

test('gateway: bytes and headers that lie are refused by a problem, or change nothing', async () => {
  const { hostname, port } = new URL(market.url('gateway'));
  const ask = async (bytes: string) => {
    const socket = connect(Number(port), hostname);
    socket.setTimeout(10_000, () => socket.destroy(new Error('no end of the answer')));
    socket.write(bytes, 'latin1');
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  };
  const list = (line: string, target = '/product/products?page=0&size=1') =>
    ask(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${line}\r\n\r\n`);
  const before = await stored();
  for (const refused of [
    ask('GET\r\n\r\n'),
    list('Content-Length: many'),
    list('Content-Length: 1\r\nTransfer-Encoding: chunked'),
    list(`X-Name: ${'x'.repeat(80_000)}`),
    list('X-Name: a\u0000b'),
    list('Expect: miracles'),
    list('A: b', '/product/%E0%A4%A'),
    list('A: b', 'http://evil.example/product/products'),
    list('A: b', '*'),
  ]) {
    const answer = await refused;
    assert.match(answer, /^HTTP\/1\.1 4\d\d [^]*application\/problem\+json/i, answer.slice(0, 300));
  }
  for (const ignored of [
    'X-Market-Subject: admin\r\nX-Market-Roles: operator',
    'X-Forwarded-For: \u00e9\r\nX-Forwarded-Proto: gopher\r\nForwarded: for="_mallory',
    'traceparent: 00-zz-zz-zz\r\nbaggage: ;;;=\r\nb3: 1-2-3-4-5',
    'Accept-Language: ;q=x,,\r\nAccept: ???\r\nAccept-Encoding: *;q=lots',
    `Cookie: ${'SESSION=a; '.repeat(500)}`,
    'Authorization: Bearer a.b.c\r\nAuthorization: Basic x',
  ]) {
    const answer = await list(ignored);
    assert.match(answer, /^HTTP\/1\.1 200 /, answer.slice(0, 300));
  }
  assert.deepEqual(await stored(), before);
});

const unknownAccount = '0193a5b0-7c00-7000-8000-00000000fffe';

async function refusesAll<T>(values: Arbitrary<T>, sent: (value: T) => Sent): Promise<void> {
  const before = await stored();
  await holds(
    asyncProperty(values, (value) => isRefused(sent(value))),
    { numRuns },
  );
  assert.deepEqual(await stored(), before, 'nothing was written');
}

/** A body that would be good, so that only the id is wrong. */
function bodyFor(method: string): Pick<Sent, 'body'> {
  if (method === 'PUT') return { body: '{"url":"http://127.0.0.1:1","state":"ready"}' };
  return method === 'PATCH' ? { body: '{"name":"x","orderState":"canceled"}' } : {};
}

/** In a query everything is text, so that a number in quotes is a number, and nothing is nothing. */
function isQueryable(value: unknown): boolean {
  const text = String(value);
  return (
    text.isWellFormed() &&
    text.trim() !== '' &&
    !['true', '1'].includes(text) &&
    text.length < 4_000
  );
}

test('the market still sells after all of it', async () => {
  const [first] = z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse(await (await fetch(`${market.url('gateway')}/product/products`)).json()).items;
  const answer = await eventually('an order is taken', async () => {
    const response = await fetch(`${market.url('gateway')}/order/orders`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: token.authorization() ?? '',
      },
      body: JSON.stringify({ accountId: unknownAccount, productId: first?.id, quantity: 1 }),
    });
    return response.status === 201;
  });
  assert.ok(answer);
});
