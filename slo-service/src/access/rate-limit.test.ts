import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { createLifecycle, createLogger, listen, problemHandler } from '@sprout/process';
import express from 'express';
import { createApp } from '../api/app.ts';
import { namedProblem } from '../api/problems.ts';
import { createService } from '../service.ts';
import { testConfig } from '../testing/test-config.ts';
import { limitRequests } from './rate-limit.ts';

const logger = createLogger('slo-service');
logger.silent = true;
const lifecycle = createLifecycle(logger);
const requestsPerMinute = 3;
let limited: string;
let service: string;

before(async () => {
  const app = express();
  app.use(limitRequests(requestsPerMinute));
  app.get('/', (_request, response) => void response.json({}));
  app.use(namedProblem(() => assert.fail()));
  app.use(problemHandler(() => undefined));
  limited = await serve(app);
  const test = testConfig({ api: { requestsPerMinute: 60 } });
  lifecycle.onStop('configuration', test.dispose);
  const options = { config: test.config, logger, lifecycle, ownUrl: () => '' };
  service = await serve(createApp((await createService(options)).context));
});

after(() => lifecycle.stop());

async function serve(app: express.Express): Promise<string> {
  const { url, close } = await listen(app, { host: '127.0.0.1', authenticated: false, port: 0 });
  lifecycle.onStop('http', close);
  return url;
}

it('who asks too much is told when to come back, and how much is left before', async () => {
  for (let left = requestsPerMinute - 1; left >= 0; left--) {
    const { status, headers } = await fetch(limited);
    assert.equal(status, 200);
    assert.match(headers.get('ratelimit') ?? '', new RegExp(`^"requests"; r=${left}; t=\\d+$`));
    assert.match(headers.get('ratelimit-policy') ?? '', /^"requests"; q=3; w=60; pk=/);
  }
  const response = await fetch(limited, { headers: { 'accept-language': 'ko' } });
  assert.equal(response.status, 429);
  assert.ok(Number(response.headers.get('retry-after')) > 0);
  const problem: unknown = await response.json();
  assert.ok(typeof problem === 'object' && problem !== null && 'code' in problem);
  assert.equal(problem.code, 'RATE_LIMITED');
  assert.ok('title' in problem && problem.title === '요청이 너무 많습니다');
});

it('the API is limited as the configuration says, scrapes and health checks are not', async () => {
  const policyOf = async (path: string) =>
    (await fetch(service + path)).headers.get('ratelimit-policy');
  assert.match((await policyOf('/api/v1/identity')) ?? '', /^"requests"; q=60; w=60/);
  for (const path of ['/status', '/status.atom', '/status.rss']) {
    assert.match((await policyOf(path)) ?? '', /q=60/, path);
  }
  assert.deepEqual([await policyOf('/metrics'), await policyOf('/healthz')], [null, null]);
});
