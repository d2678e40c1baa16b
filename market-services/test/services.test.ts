import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { hitRatio, readCacheCounts } from '../load/src/report/cache-hits.ts';
import { openApiFiles } from '../src/openapi-files.ts';
import { call, startTestMarket } from './market.ts';
import type { TestMarket } from './market.ts';

let market: TestMarket;

before(async () => {
  market = await startTestMarket();
});

after(() => market.stop());

const gateway = (path: string) => market.url('gateway') + path;
const resource = z.looseObject({ id: z.string() });
const page = z.object({ items: z.array(resource), hasNext: z.boolean() });

const someProduct = {
  name: '김치',
  description: 'Kimchi',
  image: 'https://market.example/kimchi.webp',
  price: 9_900,
  stock: 7,
};
const someOrder = {
  accountId: '0193a5b0-7c00-7000-8000-000000000001',
  productId: '653747709542400000',
  quantity: 1,
};

test('the market starts with something to read, the same on every machine', async () => {
  const accounts = page.parse((await call(gateway('/account/accounts?size=100'))).body);
  assert.equal(accounts.items.length, 100);
  assert.equal(accounts.items[0]?.['email'], 'customer-001@market.example');
  const products = page.parse((await call(gateway('/product/products?size=100&page=1'))).body);
  assert.equal(products.items.length, 100);
  assert.equal(products.hasNext, false);
  assert.equal(products.items[0]?.id, '653747709542400100');
  assert.equal(products.items.at(-1)?.['stock'], 0);
});

test('an account is made, read, changed and deleted', async () => {
  const made = await call(gateway('/account/accounts'), {
    method: 'POST',
    json: { email: 'lee@market.example', name: '이몽룡' },
  });
  assert.equal(made.status, 201);
  const { id } = resource.parse(made.body);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(made.headers.get('location'), `/account/accounts/${id}`);
  const url = gateway(`/account/accounts/${id}`);
  assert.deepEqual((await call(url)).body, made.body);
  const changed = await call(url, { method: 'PATCH', json: { name: '성춘향' } });
  assert.equal(resource.parse(changed.body)['name'], '성춘향');
  assert.equal(resource.parse(changed.body)['email'], 'lee@market.example');
  assert.equal((await call(url, { method: 'DELETE' })).status, 204);
  assert.equal((await call(url)).status, 404);
});

test('an email can be taken once, also by change', async () => {
  const url = gateway('/account/accounts');
  const json = { email: 'park@market.example', name: 'Park' };
  const both = await Promise.all([
    call(url, { method: 'POST', json }),
    call(url, { method: 'POST', json }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
  const problem = z.looseObject({ type: z.string() });
  const refused = both.find(({ status }) => status === 409);
  assert.equal(problem.parse(refused?.body).type, '/errors/account/email-taken');
  const { items } = page.parse((await call(`${url}?size=1`)).body);
  const change = await call(`${url}/${items[0]?.id}`, { method: 'PATCH', json });
  assert.equal(change.status, 409);
});

test('a list shows what its reader has just written', async () => {
  const url = gateway('/product/products?page=2&size=100');
  for (let i = 0; i < 5; i++) {
    const made = await call(gateway('/product/products'), { method: 'POST', json: someProduct });
    const { id } = resource.parse(made.body);
    const listed = page.parse((await call(url)).body).items.map((item) => item.id);
    assert.ok(listed.includes(id));
    await call(gateway(`/product/products/${id}`), { method: 'DELETE' });
    assert.ok(!page.parse((await call(url)).body).items.some((item) => item.id === id));
  }
});

test('an order moves only along its states', async () => {
  const json = { ...someOrder, quantity: 2 };
  const made = await call(gateway('/order/orders'), { method: 'POST', json });
  assert.equal(resource.parse(made.body)['orderState'], 'pending');
  const url = gateway(`/order/orders/${resource.parse(made.body).id}`);
  await eventually('it is shipped', async () =>
    resource.parse((await call(url)).body)['orderState'] === 'shipped' ? true : undefined,
  );
  const deliver = { method: 'PATCH', json: { orderState: 'delivered' } };
  assert.equal((await call(url, { method: 'DELETE' })).status, 409);
  assert.equal((await call(url, deliver)).status, 200);
  assert.equal((await call(url, deliver)).status, 409);
});

/** Requests that must be refused: what is wrong, method, path, body, status, field at fault. */
const refusals: readonly [string, string, string, unknown, number, string?][] = [
  ['no email', 'POST', '/account/accounts', { name: 'x' }, 400, 'email'],
  ['an email that is none', 'POST', '/account/accounts', { email: 'x', name: 'x' }, 400, 'email'],
  ['an empty name', 'POST', '/account/accounts', { email: 'a@b.kr', name: ' ' }, 400, 'name'],
  [
    'a name too long',
    'POST',
    '/account/accounts',
    { email: 'a@b.kr', name: 'x'.repeat(256) },
    400,
    'name',
  ],
  [
    'a control character',
    'POST',
    '/account/accounts',
    { email: 'a@b.kr', name: 'a\u0000b' },
    400,
    'name',
  ],
  ['an unknown field', 'POST', '/account/accounts', { email: 'a@b.kr', name: 'x', id: 1 }, 400],
  ['a list as body', 'POST', '/account/accounts', [], 400],
  ['no body', 'POST', '/account/accounts', undefined, 400],
  ['an id that is no UUID', 'GET', '/account/accounts/1%20OR%201=1', undefined, 400, 'id'],
  [
    'an id of nobody',
    'GET',
    '/account/accounts/0193a5b0-7c00-7000-8000-00000000ffff',
    undefined,
    404,
  ],
  [
    'a change of nothing',
    'PATCH',
    '/account/accounts/0193a5b0-7c00-7000-8000-00000000ffff',
    {},
    400,
  ],
  ['a price below zero', 'POST', '/product/products', { ...someProduct, price: -1 }, 400, 'price'],
  ['half a piece', 'POST', '/product/products', { ...someProduct, stock: 0.5 }, 400, 'stock'],
  ['a stock too large', 'POST', '/product/products', { ...someProduct, stock: 2 ** 31 }, 400],
  [
    'an image that is a script',
    'POST',
    '/product/products',
    { ...someProduct, image: 'javascript:alert(1)' },
    400,
    'image',
  ],
  ['a price in words', 'POST', '/product/products', { ...someProduct, price: '9900' }, 400],
  ['an id beyond 64 bits', 'GET', '/product/products/9223372036854775808', undefined, 400, 'id'],
  ['an id of nothing', 'DELETE', '/product/products/5', undefined, 404],
  ['a page below zero', 'GET', '/product/products?page=-1', undefined, 400, 'page'],
  ['a page too large', 'GET', '/product/products?size=101', undefined, 400, 'size'],
  ['a page in words', 'GET', '/order/orders?page=first', undefined, 400, 'page'],
  ['no pieces', 'POST', '/order/orders', { ...someOrder, quantity: 0 }, 400, 'quantity'],
  ['a number as id', 'POST', '/order/orders', { ...someOrder, productId: 1 }, 400, 'productId'],
  ['an account in words', 'POST', '/order/orders', { ...someOrder, accountId: 'me' }, 400],
  ['a state of ones own', 'PATCH', '/order/orders/5', { orderState: 'shipped' }, 400],
  ['a method of nobody', 'PUT', '/order/orders/5', {}, 404],
];

for (const [wrong, method, path, json, status, field] of refusals) {
  test(`${wrong} is refused with ${status}: ${method} ${path}`, async () => {
    const answer = await call(gateway(path), { method, json });
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const problem = z
      .looseObject({ errors: z.array(z.object({ field: z.string() })).optional() })
      .parse(answer.body);
    if (field !== undefined) assert.equal(problem.errors?.[0]?.field, field);
  });
}

test('what is refused leaves nothing behind', async () => {
  const count = async () => page.parse((await call(gateway('/order/orders?size=100'))).body);
  const before = (await count()).items.length;
  for (const [, method, path, json] of refusals) await call(gateway(path), { method, json });
  assert.equal((await count()).items.length, before);
});

test('a body that is not JSON is a problem, not a crash', async () => {
  const answer = await fetch(`${market.url('order')}/orders`, {
    method: 'POST',
    body: '{"accountId":',
    headers: { 'content-type': 'application/json' },
  });
  assert.equal(answer.status, 400);
});

test('each service serves the OpenAPI document that is checked in', async () => {
  for (const { path, text } of openApiFiles) {
    const service = path.split('/').at(-2) ?? '';
    const served = await call(`${market.url(service)}/openapi.json`);
    assert.deepEqual(served.body, JSON.parse(text), service);
    const isRouted = ['account', 'order', 'product'].includes(service);
    if (isRouted) {
      assert.deepEqual((await call(gateway(`/${service}/openapi.json`))).body, served.body);
    }
  }
});

test('each service tells its health through the gateway', async () => {
  for (const route of ['account', 'order', 'product']) {
    assert.equal((await call(gateway(`/${route}/healthz`))).status, 200);
  }
});

test('a load tells which share of the pages came from a cache, of all instances', async () => {
  const before = await readCacheCounts(market.config);
  const pages = gateway('/product/products?page=3&size=17');
  for (let reads = 0; reads < 4; reads += 1) assert.equal((await call(pages)).status, 200);
  assert.equal(hitRatio(before, await readCacheCounts(market.config)), 0.75);
});

test('with the cache frozen every list is right and soon there', async () => {
  market.stack.kill('redis', 'SIGSTOP');
  try {
    for (let i = 0; i < 5; i++) {
      const made = await call(gateway('/product/products'), { method: 'POST', json: someProduct });
      const { id } = resource.parse(made.body);
      const startMs = performance.now();
      const listed = await call(gateway('/product/products?page=2&size=100'));
      assert.ok(performance.now() - startMs < 3_000);
      assert.ok(page.parse(listed.body).items.some((item) => item.id === id));
    }
  } finally {
    market.stack.kill('redis', 'SIGCONT');
  }
});

test('with the database frozen the door answers with a fallback in five seconds', async () => {
  market.stack.kill('mariadb', 'SIGSTOP');
  try {
    const startMs = performance.now();
    const answer = await call(gateway('/account/accounts/0193a5b0-7c00-7000-8000-00000000ffff'));
    assert.equal(answer.status, 503);
    assert.ok(performance.now() - startMs < 8_000);
  } finally {
    market.stack.kill('mariadb', 'SIGCONT');
  }
});
