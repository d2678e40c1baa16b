import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { openBrowser } from './browser.ts';
import type { Visit } from './browser.ts';
import { call, startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';
import { logIn, personOf, speakAs } from './people.ts';

let market: TestMarket;
before(async () => {
  market = await startTestMarket();
});
after(() => market.stop());

const gateway = (path: string) => market.url('gateway') + path;
const identity = (path: string) => market.url('identity') + path;
const whoSchema = z.object({ subject: z.string(), name: z.string(), roles: z.array(z.string()) });

/** The browser of the six checks, which follow one another. */
const browser = openBrowser();
let answer: Visit;

test('login check 1, login request: the gateway sends the browser to the provider, with PKCE', async () => {
  answer = await browser.visit(gateway('/login?returnTo=/session'));
  assert.equal(answer.status, 302);
  const asked = new URL(answer.location ?? '');
  assert.equal(asked.origin + asked.pathname, identity('/authorize'));
  const parameters = Object.fromEntries(asked.searchParams);
  assert.equal(parameters['response_type'], 'code');
  assert.equal(parameters['code_challenge_method'], 'S256');
  assert.match(parameters['code_challenge'] ?? '', /^[\w-]{43}$/);
  assert.ok(parameters['state'] !== undefined && parameters['nonce'] !== undefined);
  assert.match(
    answer.setCookies.join(),
    /^LOGIN=[\w-]+; .*Path=\/login;.* HttpOnly; SameSite=Lax$/,
  );
});

test('login check 2, redirect: the provider asks for email and password, and comes back', async () => {
  const form = await browser.follow(answer);
  assert.equal(new URL(form.url).origin, identity(''));
  assert.equal(form.status, 200);
  assert.match(form.body, /<form method="post"/);
  assert.match(form.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  const { email, password } = personOf(market, 'customer');
  const wrong = await browser.visit(form.url, { email, password: 'guess' });
  assert.equal(wrong.status, 401);
  assert.ok(!wrong.body.includes(email), 'what was typed is not repeated');
  const right = await browser.visit(form.url, { email, password });
  assert.equal(right.status, 303);
  answer = await browser.visit(right.location ?? '');
  assert.match(answer.location ?? '', /\/login\/callback\?code=[\w-]+&/);
  assert.equal(new URL(answer.location ?? '').origin, gateway(''));
});

test('login check 3, code and session issue: the code buys a session, once', async () => {
  const callback = answer.location ?? '';
  const loginCookie = browser.cookie(callback, 'LOGIN');
  answer = await browser.visit(callback);
  assert.equal(answer.status, 303);
  const [session] = answer.setCookies.filter((one) => one.startsWith('SESSION='));
  assert.match(
    session ?? '',
    /^SESSION=[\w-]{22}\.[\w-]{43}; .*Path=\/; .*HttpOnly; SameSite=Lax$/,
  );
  const thief = openBrowser();
  thief.setCookie(callback, 'LOGIN', loginCookie ?? '');
  assert.equal((await thief.visit(callback)).status, 400, 'replayed');
});

test('login check 4, session: the cookie says who is asking', async () => {
  const { status, body, headers } = await browser.visit(gateway('/session'));
  assert.equal(status, 200);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(whoSchema.parse(JSON.parse(body)).subject, personOf(market, 'customer').subject);
  const { status: without } = await openBrowser().visit(gateway('/session'));
  assert.equal(without, 401);
});

test('login check 5, user info: name and roles are those the provider tells', async () => {
  const { body } = await browser.visit(gateway('/session'));
  const { name, roles } = whoSchema.parse(JSON.parse(body));
  assert.deepEqual({ name, roles }, { name: 'Customer 001', roles: ['customer'] });
});

test('login check 6, final answer: people arrive where they wanted to go', async () => {
  assert.equal(answer.location, gateway('/session'));
  assert.equal((await browser.follow(answer)).status, 200);
  for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
    const one = openBrowser();
    const start = `${gateway('/login')}?returnTo=${encodeURIComponent(elsewhere)}`;
    const { email, password } = personOf(market, 'seller');
    const form = await one.follow(await one.visit(start));
    const end = await one.follow(await one.visit(form.url, { email, password }));
    assert.equal(end.url, gateway('/session'), elsewhere);
  }
});

test('a new login ends the old session', async () => {
  const first = openBrowser();
  const second = openBrowser();
  assert.equal((await logIn(market, first, 'operator')).status, 200);
  assert.equal((await logIn(market, second, 'operator')).status, 200);
  assert.equal((await first.visit(gateway('/session'))).status, 401);
  assert.equal((await second.visit(gateway('/session'))).status, 200);
});

test('logout ends session and cookie and goes to the provider', async () => {
  const one = openBrowser();
  await logIn(market, one, 'seller');
  const cookie = one.cookie(gateway('/'), 'SESSION') ?? '';
  const left = await one.visit(gateway('/logout'), {});
  assert.equal(left.status, 303);
  assert.ok(left.location?.startsWith(identity('/logout?id_token_hint=')));
  assert.equal(one.cookie(gateway('/'), 'SESSION'), undefined);
  const asked = await one.visit(left.location ?? '');
  const xsrf = /name="xsrf" value="(\w+)"/.exec(asked.body)?.[1] ?? '';
  const confirmed = await one.visit(identity('/logout/confirm'), { xsrf, logout: 'yes' });
  assert.equal(confirmed.location, gateway('/'));
  one.setCookie(gateway('/'), 'SESSION', cookie);
  assert.equal((await one.visit(gateway('/session'))).status, 401, 'the session has ended');
  const again = await one.follow(await one.visit(gateway('/login')));
  assert.match(again.body, /<form method="post"/, 'the provider asks again');
});

test('a login that somebody else began is refused', async () => {
  const attacker = openBrowser();
  const { email, password } = personOf(market, 'seller');
  const form = await attacker.follow(await attacker.visit(gateway('/login')));
  const signedIn = await attacker.visit(form.url, { email, password });
  const { location: callback = '' } = await attacker.visit(signedIn.location ?? '');
  const victim = openBrowser();
  await victim.visit(gateway('/login'));
  const answers = await victim.visit(callback);
  assert.equal(answers.status, 401, answers.body);
  assert.equal(victim.cookie(gateway('/'), 'SESSION'), undefined);
});

test('what the provider refuses, and the end of a visit, is told in the language of the browser', async () => {
  const wrong = identity('/authorize?client_id=nobody&response_type=code');
  for (const [language, refused, left] of [
    ['en', /This request cannot be answered.*invalid_client/s, /You are signed out/],
    ['ko', /요청을 처리할 수 없습니다.*invalid_client/s, /로그아웃되었습니다/],
  ] as const) {
    const one = openBrowser({ 'accept-language': language, accept: 'text/html' });
    const answer = await one.visit(wrong);
    assert.equal(answer.status, 400);
    assert.match(answer.body, refused);
    const asked = await one.visit(identity('/logout'));
    const xsrf = /name="xsrf" value="(\w+)"/.exec(asked.body)?.[1] ?? '';
    const confirmed = await one.visit(identity('/logout/confirm'), { xsrf, logout: 'yes' });
    const end = await one.follow(confirmed);
    assert.match(end.body, left);
    assert.doesNotMatch(answer.body + end.body, /https?:\/\//, 'nothing is loaded');
  }
});

test('guessing a password is slowed down', async () => {
  const one = openBrowser();
  const form = await one.follow(await one.visit(gateway('/login')));
  const guess = { email: 'nobody@market.example', password: 'x' };
  const statuses: number[] = [];
  for (let i = 0; i < 12; i += 1) statuses.push((await one.visit(form.url, guess)).status);
  assert.equal(statuses[0], 401);
  assert.equal(statuses.at(-1), 429);
});

const product = {
  name: 'Gim',
  description: '',
  image: 'https://market.example/gim.webp',
  price: 1,
  stock: 1,
};

test('roles decide who may write, and what is public is read without a session', async () => {
  const url = gateway('/product/products');
  assert.equal((await fetch(url)).status, 200);
  const refused = await fetch(url, { method: 'POST', body: JSON.stringify(product) });
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get('www-authenticate'), 'Bearer');
  assert.equal((await fetch(gateway('/account/accounts'))).status, 401);
  assert.equal((await fetch(gateway('/order/orders'))).status, 401);
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse((await call(url)).body);
  const me = personOf(market, 'customer').subject;
  const order = { accountId: me, productId: items[0]?.id, quantity: 1 };
  const customer = await speakAs(market, 'customer');
  const statusOf = async (answer: ReturnType<typeof customer>) => (await answer).status;
  assert.equal(await statusOf(customer('POST', '/product/products', product)), 403);
  assert.equal(await statusOf(customer('POST', '/order/orders', order)), 201);
  assert.equal(await statusOf(customer('GET', `/account/accounts/${me}`)), 200);
  assert.equal(await statusOf(customer('GET', '/account/accounts')), 403);
  const other = '0193a5b0-7c00-7000-8000-000000000001';
  assert.equal(await statusOf(customer('GET', `/account/accounts/${other}`)), 403);
  const crossSite = { 'sec-fetch-site': 'cross-site' };
  assert.equal(await statusOf(customer('POST', '/order/orders', order, crossSite)), 403);
  const seller = await speakAs(market, 'seller');
  assert.equal(await statusOf(seller('POST', '/product/products', product)), 201);
  assert.equal(await statusOf(seller('POST', '/order/orders', order)), 403);
  const forged = { 'x-market-roles': 'operator', 'x-market-subject': me };
  assert.equal(await statusOf(seller('POST', '/account/accounts', {}, forged)), 403);
});

test('a token that is not of this issuer, or was changed, is refused', async () => {
  const { signature, header } = { header: 'eyJhbGciOiJub25lIn0', signature: '' };
  const claims = Buffer.from(JSON.stringify({ sub: 'load', roles: ['operator'], exp: 4e9 }));
  for (const token of [
    `${header}.${claims.toString('base64url')}.${signature}`,
    'x.y.z',
    'plain',
  ]) {
    const answer = await call(gateway('/order/orders'), { authorization: `Bearer ${token}` });
    assert.equal(answer.status, 401, token);
  }
});
