import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import express from 'express';
import { z } from 'zod';
import { listen } from './http-server.ts';
import type { Listening } from './http-server.ts';
import { HttpProblem, notFoundHandler, problemHandler } from './problem-json.ts';

let server: Listening;
const unexpected: unknown[] = [];

before(async () => {
  const app = express();
  app.use(express.json());
  app.get('/gone', () => {
    throw new HttpProblem(410, 'Gone', { code: 'ORDER_GONE', hint: 'place another' });
  });
  app.post('/order', (request, response) => {
    z.object({ item: z.object({ price: z.number() }) }).parse(request.body);
    response.end();
  });
  app.get('/broken', async () => {
    throw new Error('the password is hunter2');
  });
  app.use(
    notFoundHandler,
    problemHandler((error) => void unexpected.push(error)),
  );
  server = await listen(app, { host: '127.0.0.1', port: 0 });
});
after(() => server.close());

const problemSchema = z.looseObject({
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string() })).optional(),
});

async function ask(path: string, body?: string) {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? {} : { method: 'POST', body, headers };
  const response = await fetch(`${server.url}${path}`, init);
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
  return { status: response.status, problem: problemSchema.parse(await response.json()) };
}

test('a problem is answered with its status and all it says', async () => {
  const { status, problem } = await ask('/gone');
  assert.equal(status, 410);
  assert.deepEqual(problem, {
    type: 'about:blank',
    title: 'Gone',
    status: 410,
    code: 'ORDER_GONE',
    hint: 'place another',
  });
});

test('a body that does not fit its schema names the fields', async () => {
  const { status, problem } = await ask('/order', '{"item":{"price":"1"}}');
  assert.equal(status, 400);
  assert.equal(problem.errors?.[0]?.field, 'item.price');
});

test('a body that is no JSON is the fault of who sent it', async () => {
  const before = unexpected.length;
  assert.equal((await ask('/order', '{')).status, 400);
  assert.equal(unexpected.length, before);
});

test('an unexpected error tells us, and nothing of it to the caller', async () => {
  const { status, problem } = await ask('/broken');
  assert.equal(status, 500);
  assert.deepEqual(problem, { type: 'about:blank', title: 'Internal error', status: 500 });
  assert.match(String(unexpected.at(-1)), /hunter2/);
});

test('a path that nothing serves says which', async () => {
  const { status, problem } = await ask('/nowhere');
  assert.equal(status, 404);
  assert.equal(problem.detail, 'there is no GET /nowhere');
});
