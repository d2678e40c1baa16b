import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { addressOf, listener, publishRunFile } from '@sprout/process';
import { Agent, request } from 'undici';
import { serviceProcesses } from '../src/processes.ts';
import { only } from './market.ts';

/** A gateway that runs, before a product that notes who reaches it. */
let market: PrivateProcesses;
let reached: string[] = [];
const product = createServer(({ url = '' }, response) => {
  reached.push(url);
  response.end('{}');
});

/** Of each caller; the next is let in after four seconds. */
const each = { perSecond: 0.25, burst: 5 };
const addresses = {
  allow: ['127.0.0.0/16', '203.0.113.0/24'],
  deny: ['127.0.6.0/24', '127.0.0.66', '203.0.113.66'],
  trustedProxies: ['127.0.0.99'],
};

before(async () => {
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve));
  market = await startPrivately((config) => only(['gateway'], serviceProcesses(config)), {
    access: { rateLimits: { each, clients: {} }, addresses },
  });
  const http = `http://127.0.0.1:${(product.address() as AddressInfo).port}`;
  publishRunFile(market.config, { name: 'product', pid: process.pid, addresses: { http } });
});
after(async () => {
  await market?.stop();
  product.closeAllConnections();
  product.close();
});
beforeEach(() => {
  reached = [];
});

/** Asks from an address of this machine, of which it has 16 million. */
async function askFrom(from: string, path = '/product/products', headers = {}) {
  const url = `${addressOf(market.config, listener('gateway'))}${path}`;
  const dispatcher = new Agent({ localAddress: from });
  const answer = await request(url, { dispatcher, headers });
  const body = await answer.body.text();
  await dispatcher.close();
  return { status: answer.statusCode, headers: answer.headers, body };
}

type Answer = Awaited<ReturnType<typeof askFrom>>;

function assertProblem({ status, headers, body }: Answer, kind: string): void {
  assert.match(String(headers['content-type']), /^application\/problem\+json/);
  const problem = JSON.parse(body);
  assert.equal(problem.type, `/errors/gateway/${kind}`);
  assert.equal(problem.status, status);
}

test('a crowd is told when to come back, and is let in then', async () => {
  const crowd = await Promise.all(Array.from({ length: 12 }, () => askFrom('127.0.0.2')));
  const refused = crowd.filter(({ status }) => status === 429);
  assert.equal(refused.length, 12 - each.burst);
  assert.equal(reached.length, each.burst, 'what was refused reaches nobody');
  for (const answer of refused) {
    assertProblem(answer, 'too-many-requests');
    assert.match(String(answer.headers['retry-after']), /^[1-4]$/);
  }
  assert.equal((await askFrom('127.0.0.3')).status, 200, 'another address is let in');

  await sleep(1_000 * Number(refused.at(-1)?.headers['retry-after']));
  assert.equal((await askFrom('127.0.0.2')).status, 200);
  assert.equal((await askFrom('127.0.0.2')).status, 429, 'one, not all of them');
});

test('what the gateway answers itself counts too', async () => {
  for (let i = 0; i < each.burst; i += 1) await askFrom('127.0.0.4', '/session');
  const answer = await askFrom('127.0.0.4', '/session');
  assertProblem(answer, 'too-many-requests');
  assert.equal((await askFrom('127.0.0.4')).status, 429);
});

test('who may not come in by its address is told so, and reaches nobody', async () => {
  const refused = {
    'denied itself': await askFrom('127.0.0.66'),
    'in a denied block': await askFrom('127.0.6.6'),
    'in no allowed block': await askFrom('127.1.0.1'),
    'at what the gateway answers': await askFrom('127.0.6.6', '/login'),
    'who shows an allowed address': await forwarded('127.0.6.6', '203.0.113.7'),
    'behind a proxy that is trusted': await forwarded('127.0.0.99', '203.0.113.66'),
  };
  for (const [who, answer] of Object.entries(refused)) {
    assert.equal(answer.status, 403, who);
    assertProblem(answer, 'address-refused');
  }
  assert.deepEqual(reached, []);
  assert.equal((await askFrom('127.0.0.67')).status, 200);
  assert.equal((await forwarded('127.0.0.99', '203.0.113.7')).status, 200);
  assert.equal(reached.length, 2);
});

const forwarded = (from: string, who: string) =>
  askFrom(from, '/product/products', { 'x-forwarded-for': who });

test('refusals are counted by their reason', async () => {
  const { body } = await askFrom('127.0.0.5', '/metrics');
  const counted = body.split('\n').filter((line) => line.startsWith('gateway_refusals_total'));
  assert.deepEqual(
    counted.filter((line) => !line.endsWith(' 0')),
    ['gateway_refusals_total{reason="address"} 6', 'gateway_refusals_total{reason="rate"} 10'],
  );
});
