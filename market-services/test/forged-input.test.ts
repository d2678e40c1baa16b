import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { eventually } from '@sprout/process/testing';
import { assert as holds, asyncProperty, nat } from 'fast-check';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { openBrowser } from './browser.ts';
import { documentedOperations } from './documents.ts';
import type { DocumentedOperation } from './documents.ts';
import { goodBody } from './hostile-values.ts';
import { call, startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';
import { logIn } from './people.ts';
import { openStored, storing } from './stored.ts';
import type { Stored } from './stored.ts';

/** Every operation that is not public is asked for what would be good, by who is not who they say. */
let market: TestMarket;
let store: Stored;
let token: string;
let forgeries: Readonly<Record<string, Readonly<Record<string, string>>>>;
let crossSite: Readonly<Record<string, string>>;

before(async () => {
  market = await startTestMarket();
  store = openStored(market);
  token = market.authorization()?.split(' ')[1] ?? assert.fail();
  const { ended, replaced, live } = await sessions();
  forgeries = { ...bySession({ ended, replaced, live }), ...(await byToken()), ...byWord };
  crossSite = { cookie: `SESSION=${live}`, 'sec-fetch-site': 'cross-site' };
});
after(async () => {
  await store?.close();
  await market?.stop();
});

/** Sessions of the operator, who may do everything: ended by logout, by a new login, and not. */
async function sessions() {
  const url = `${market.url('gateway')}/`;
  const [first, second, third] = [openBrowser(), openBrowser(), openBrowser()];
  const enter = async (browser: typeof first) => {
    await logIn(market, browser, 'operator');
    return browser.cookie(url, 'SESSION') ?? assert.fail();
  };
  const ended = await enter(first);
  await first.visit(`${url}logout`, {});
  return { ended, replaced: await enter(second), live: await enter(third) };
}

function bySession({ ended, replaced, live }: Awaited<ReturnType<typeof sessions>>) {
  const [id = '', secret = ''] = live.split('.');
  const guessed = `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`;
  return {
    'a session after its logout': { cookie: `SESSION=${ended}` },
    'a session after a newer login': { cookie: `SESSION=${replaced}` },
    'the id of a session with a secret of its own': { cookie: `SESSION=${id}.${guessed}` },
    'a session without its secret': { cookie: `SESSION=${id}.` },
  };
}

/** Words that only the gateway may say. */
const byWord = {
  nobody: {},
  'words of the gateway': { 'x-market-subject': 'load', 'x-market-roles': 'operator' },
  'an address inside': { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' },
  'a password': { authorization: `Basic ${Buffer.from('load:load').toString('base64')}` },
};

/** Tokens that are right but for one thing. */
async function byToken() {
  const { alg = '', kid = '' } = decodeProtectedHeader(token);
  const claims = decodeJwt(token);
  const path = join(market.config.dataDir, 'secrets', 'oidc-key.json');
  const key = createPrivateKey({ key: JSON.parse(readFileSync(path, 'utf8')), format: 'jwk' });
  const strange = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const signed = (changed: JWTPayload, by: KeyObject | Uint8Array = key, as = alg) =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: as, kid }).sign(by);
  const published = await (await fetch(`${market.url('identity')}/jwks`)).text();
  const [header, , signature] = token.split('.');
  const other = Buffer.from(JSON.stringify({ ...claims, sub: 'other' })).toString('base64url');
  const tokens = {
    'a token without a signature': new UnsecuredJWT(claims).encode(),
    'a token of a strange key': await signed({}, strange),
    'a token signed with what is published': await signed(
      {},
      new TextEncoder().encode(published),
      'HS256',
    ),
    'a token whose claims were exchanged': `${header}.${other}.${signature}`,
    'a token of yesterday': await signed({ exp: Math.floor(Date.now() / 1000) - 60 }),
    'a token of tomorrow': await signed({ nbf: Math.floor(Date.now() / 1000) + 3_600 }),
    'a token for somebody else': await signed({ aud: 'elsewhere' }),
    'a token of another issuer': await signed({ iss: 'https://evil.example' }),
  };
  const good = await signed({});
  assert.equal(await statusOf(market.url('gateway'), `Bearer ${good}`), 200, 'else right');
  return Object.fromEntries(
    Object.entries(tokens).map(([name, one]) => [name, { authorization: `Bearer ${one}` }]),
  );
}

async function statusOf(gateway: string, authorization: string): Promise<number> {
  return (await fetch(`${gateway}/order/orders`, { headers: { authorization } })).status;
}

const isPublic = ({ service, method, path }: DocumentedOperation) =>
  method === 'GET' && (service === 'product' || /^\/(healthz|openapi\.json)$/.test(path));
const guarded = documentedOperations().filter(
  (one) => storing.some((service) => service === one.service) && !isPublic(one),
);

const someone = '0193a5b0-7c00-7000-8000-000000000001';

/** Asks for something that would be done for who may. */
async function ask(
  { service, method, path, body }: DocumentedOperation,
  headers: Readonly<Record<string, string>>,
) {
  const id = service === 'account' ? someone : '653747709542400000';
  const url = `${market.url('gateway')}/${service}${path.replaceAll(/\{\w+\}/g, id)}`;
  const json = body && { json: goodBody(body.schema) };
  return call(url, { method, authorization: headers['authorization'], headers, ...json });
}

for (const operation of guarded) {
  const { service, method, path } = operation;
  test(`${service}: ${method} ${path} is refused to who forges or replays, and nothing is written`, async () => {
    const before = await store.sums();
    for (const [name, headers] of Object.entries(forgeries)) {
      const answer = await ask(operation, headers);
      assert.equal(answer.status, 401, name);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, name);
    }
    if (method !== 'GET') assert.equal((await ask(operation, crossSite)).status, 403);
    await holds(
      asyncProperty(nat(token.length - 2), async (at) => {
        const changed = token[at] === 'A' ? 'B' : 'A';
        const forged = token.slice(0, at) + changed + token.slice(at + 1);
        const { status } = await ask(operation, { authorization: `Bearer ${forged}` });
        assert.equal(status, 401, `${changed} at ${at}`);
      }),
      { numRuns: 5 },
    );
    assert.deepEqual(await store.sums(), before);
  });
}

/** What is stored once the events of what was done have had their effect. */
const settled = () =>
  eventually('nothing is written any more', async () => {
    const rows = await store.sums();
    await sleep(1_000);
    return isDeepStrictEqual(rows, await store.sums()) && rows;
  });

const made = z.object({ id: z.string() });

test('what can be done once is refused when it is replayed, and nothing is written again', async () => {
  const accounts = `${market.url('gateway')}/account/accounts`;
  const open = { method: 'POST', json: { email: 'replayed@market.example', name: 'Replayed' } };
  const account = made.parse((await call(accounts, open)).body).id;
  const orders = `${market.url('gateway')}/order/orders`;
  const json = { accountId: account, productId: '653747709542400000', quantity: 1 };
  const order = made.parse((await call(orders, { method: 'POST', json })).body).id;
  const cancel = { method: 'PATCH', json: { orderState: 'canceled' } };
  assert.equal((await call(`${orders}/${order}`, cancel)).status, 200);
  const close = { method: 'DELETE' };
  for (const [url, request, first, again] of [
    [accounts, open, 409, 409],
    [`${orders}/${order}`, cancel, 409, 409],
    [`${accounts}/${account}`, close, 204, 404],
  ] as const) {
    assert.equal((await call(url, request)).status, first);
    const rows = await settled();
    assert.equal((await call(url, request)).status, again);
    assert.deepEqual(await store.sums(), rows);
  }
});
