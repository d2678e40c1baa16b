import assert from 'node:assert/strict';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { quietTelemetry } from '@sprout/data/testing';
import { eventually } from '@sprout/process/testing';
import { Router } from 'express';
import type { Gatekeeper } from './access/gatekeeper.ts';
import { createGatewayApp } from './gateway-app.ts';
import type { GatewayParts } from './gateway-app.ts';
import { sessionCookie } from './login/cookies.ts';
import { bodyBytesMax } from './proxy/request-body.ts';

const telemetry = quietTelemetry();
const servers: Server[] = [];
let service: RequestListener;
let serviceUrl: string | undefined;

before(async () => {
  serviceUrl = await listening((request, response) => service(request, response));
});

after(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await telemetry.shutdown();
});

beforeEach(() => {
  service = (_request, response) => response.end('well');
});

async function listening(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Lets everybody in; who comes in is gatekeeper.test.ts's matter. */
const gatekeeper: Gatekeeper = {
  admit: async () => ({ kind: 'admitted', identity: undefined }),
  refuses: () => undefined,
};

/** A gateway of its own, so that its breakers are closed. */
function gateway({ base, ...rest }: Partial<GatewayParts> & { base?: string } = {}) {
  const instances = { pick: () => base ?? serviceUrl };
  return listening(
    createGatewayApp({ telemetry, instances, gatekeeper, login: Router(), ...rest }),
  );
}

/** What the gateway counted under an outcome of a route, over all gateways of this file. */
async function count(route: string, outcome: string): Promise<number> {
  const text = await (await fetch(`${await gateway()}/metrics`)).text();
  const name = `gateway_request_duration_seconds_count{route="${route}",outcome="${outcome}"}`;
  const line = text.split('\n').find((one) => one.startsWith(name));
  return Number(line?.split(' ').at(1));
}

async function breakerOf(base: string, route: string): Promise<string | undefined> {
  const readiness = (await (await fetch(`${base}/readyz`)).json()) as {
    breakers: Record<string, { state: string }>;
  };
  return readiness.breakers[route]?.state;
}

const fallbackOf = (route: string) => ({
  type: '/errors/gateway/fallback',
  title: 'Service unavailable',
  status: 503,
  instance: `/fallback/${route}`,
});

test('the prefix is stripped, path, query, method, body and status are passed on', async () => {
  let seen = '';
  service = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen = `${request.method} ${request.url} ${body}`;
    response.writeHead(201, { location: '/orders/7' }).end('{"ok":true}');
  };
  const answer = await fetch(`${await gateway()}/order/orders?page=1&x=%20y`, {
    method: 'PUT',
    body: 'text',
  });
  assert.equal(seen, 'PUT /orders?page=1&x=%20y text');
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('location'), '/order/orders/7');
  assert.equal(await answer.text(), '{"ok":true}');
});

test('headers of the connection stay, those about the caller are the gateway own', async () => {
  let seen: IncomingHttpHeaders = {};
  service = (request, response) => {
    seen = request.headers;
    response.setHeader('set-cookie', ['a=1', 'b=2']).setHeader('keep-alive', 'timeout=99').end();
  };
  const url = new URL(`${await gateway()}/order/orders`);
  const response = await new Promise<IncomingHttpHeaders>((resolve, reject) => {
    const headers = {
      connection: 'keep-alive, x-private',
      'x-private': 'mine',
      te: 'trailers',
      'x-forwarded-for': '6.6.6.6',
      'x-plain': 'kept',
      host: 'market.example',
    };
    httpRequest(url, { headers }, (answer) => resolve(answer.resume().headers))
      .on('error', reject)
      .end();
  });
  assert.equal(seen['x-private'], undefined);
  assert.equal(seen.te, undefined);
  assert.equal(seen['x-plain'], 'kept');
  assert.equal(seen['x-forwarded-for'], '127.0.0.1');
  assert.equal(seen['x-forwarded-host'], 'market.example');
  assert.equal(seen['x-forwarded-prefix'], '/order');
  assert.deepEqual(response['set-cookie'], ['a=1', 'b=2']);
  assert.notEqual(response['keep-alive'], 'timeout=99');
});

test('an unknown path is a 404 problem and belongs to no route', async () => {
  const base = await gateway();
  for (const path of ['/', '/nothing', '/orders', '/ordering/1', '/ORDER/orders']) {
    const answer = await fetch(base + path);
    assert.equal(answer.status, 404, path);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  }
});

test('a service that cannot be reached is a fallback, and its breaker opens', async () => {
  const before = [await count('product', 'unreachable'), await count('product', 'breaker_open')];
  const base = await gateway({ base: 'http://127.0.0.1:1' });
  for (const expected of [...Array(5).fill('cannot be reached'), 'not called']) {
    const answer = await fetch(`${base}/product/products`);
    const { detail, ...problem } = (await answer.json()) as Record<string, unknown>;
    assert.deepEqual(problem, fallbackOf('product'));
    assert.ok(String(detail).includes(String(expected)), String(detail));
  }
  const readiness = (await (await fetch(`${base}/readyz`)).json()) as {
    breakers: Record<string, { state: string }>;
  };
  assert.equal(readiness.breakers['product']?.state, 'open');
  assert.equal(readiness.breakers['order']?.state, 'closed');
  assert.equal(await count('product', 'unreachable'), (before[0] ?? 0) + 5);
  assert.equal(await count('product', 'breaker_open'), (before[1] ?? 0) + 1);
});

test('answers of 5xx are passed on and open the breaker, those of 4xx do not', async () => {
  const base = await gateway();
  const status = { code: 404 };
  service = (_request, response) => response.writeHead(status.code).end('own words');
  for (let i = 0; i < 10; i++) assert.equal((await fetch(`${base}/order/x`)).status, 404);
  status.code = 500;
  for (let i = 0; i < 4; i++) {
    const answer = await fetch(`${base}/order/x`);
    assert.equal(answer.status, 500);
    assert.equal(await answer.text(), 'own words');
  }
  assert.equal((await fetch(`${base}/order/x`)).status, 503);
});

test('after twenty seconds five calls are let through, and good ones close the breaker', async () => {
  let offsetMs = 0;
  const base = await gateway({ nowMs: () => performance.now() + offsetMs });
  service = (_request, response) => response.writeHead(500).end();
  for (let i = 0; i < 5; i++) await fetch(`${base}/account/x`);
  service = (_request, response) => setTimeout(() => response.end(), 100);
  assert.equal((await fetch(`${base}/account/x`)).status, 503);
  offsetMs = 20_001;
  const answers = await Promise.all(
    Array.from({ length: 8 }, async () => (await fetch(`${base}/account/x`)).status),
  );
  assert.deepEqual(answers.sort(), [200, 200, 200, 200, 200, 503, 503, 503]);
  assert.equal((await fetch(`${base}/account/x`)).status, 200);
});

test('a service that hangs: 503 after five seconds, then at once, and again after twenty', async (context) => {
  const base = await gateway();
  let calls = 0;
  let cancelled = 0;
  service = (request) => {
    calls += 1;
    request.socket.once('close', () => cancelled++);
  };
  const timed = async () => {
    const startMs = performance.now();
    const answer = await fetch(`${base}/product/products`);
    assert.equal(answer.status, 503);
    return performance.now() - startMs;
  };
  const closed = await Promise.all(Array.from({ length: 5 }, timed));
  for (const tookMs of closed) {
    assert.ok(tookMs >= 4_990 && tookMs < 8_000, `closed: ${Math.round(tookMs)} ms`);
  }
  const open: number[] = [];
  for (let i = 0; i < 20; i++) open.push(await timed());
  // On a busy machine any one of them may wait; none waits for the service.
  const median = open.toSorted((a, b) => a - b)[10] ?? Infinity;
  assert.ok(median < 25, `open: ${median} ms, half of the time`);
  assert.ok(Math.max(...open) < 2_500, `open: ${Math.max(...open)} ms at worst`);
  assert.equal(calls, 5);
  assert.equal(cancelled, 0, 'calls that timed out go on');
  // The clock that a gateway has unless it is given one, twenty seconds on.
  const real = performance.now.bind(performance);
  context.mock.method(performance, 'now', () => real() + 20_001);
  service = (_request, response) => response.end('back');
  assert.equal((await fetch(`${base}/product/products`)).status, 200);
});

test('more calls than a service works on wait in line, and are not slow for it', async () => {
  let now = 0;
  let most = 0;
  service = (_request, response) => {
    now += 1;
    most = Math.max(most, now);
    setTimeout(() => {
      now -= 1;
      response.end();
    }, 50);
  };
  const base = await gateway({ callsAtOnceMax: 2 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${base}/order/x`)));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  // An answer's body may still be under way when the next call is let in.
  assert.ok(most <= 3, `${most} at once`);
});

test('whoever waits in line is told when time is over, and is not called', async () => {
  let calls = 0;
  service = () => void (calls += 1);
  const base = await gateway({ callsAtOnceMax: 1, timeLimitMs: 300 });
  const startMs = performance.now();
  const answers = await Promise.all(Array.from({ length: 4 }, () => fetch(`${base}/order/x`)));
  const tookMs = performance.now() - startMs;
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [503]);
  assert.ok(calls < 4, `${calls} calls`);
  assert.ok(tookMs < 3_000, `${Math.round(tookMs)} ms`);
  assert.equal(await breakerOf(base, 'order'), 'closed');
});

test('a service is not blamed for calls that were left little time by the line', async () => {
  service = (_request, response) => void setTimeout(() => response.end(), 1_400);
  const base = await gateway({ callsAtOnceMax: 3, timeLimitMs: 2_000 });
  const answers = await Promise.all(Array.from({ length: 6 }, () => fetch(`${base}/order/x`)));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 503, 503, 503],
  );
  assert.equal(await breakerOf(base, 'order'), 'closed');
});

test('a body that is too long is refused and says nothing about the service', async () => {
  const base = await gateway();
  let received = 0;
  service = (request, response) => {
    request.on('data', (chunk: Buffer) => (received += chunk.length));
    request.on('end', () => response.end());
  };
  const announced = await fetch(`${base}/order/orders`, {
    method: 'POST',
    body: Buffer.alloc(bodyBytesMax + 1),
  });
  assert.equal(announced.status, 413);
  for (let i = 0; i < 6; i++) {
    const chunks = Array.from({ length: 20 }, () => Buffer.alloc(bodyBytesMax / 16));
    const status = await fetch(`${base}/order/orders`, {
      method: 'POST',
      body: ReadableStream.from(chunks),
      duplex: 'half',
    }).then(
      (answer) => answer.status,
      // The gateway may close the connection before the caller has read the refusal.
      () => 413,
    );
    assert.equal(status, 413);
  }
  const whole = await fetch(`${base}/order/orders`, {
    method: 'POST',
    body: Buffer.alloc(bodyBytesMax),
  });
  assert.equal(whole.status, 200);
  assert.ok(received >= bodyBytesMax);
});

test('an answer that breaks off is not passed for whole', async () => {
  const before = await count('account', 'server_error');
  service = (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half', () => response.destroy());
  };
  const answer = await fetch(`${await gateway()}/account/x`);
  await assert.rejects(answer.text());
  await eventually('it is counted', async () =>
    (await count('account', 'server_error')) === before + 1 ? true : undefined,
  );
});

test('a caller that hangs up is neither served nor failed', async () => {
  const before = await count('account', 'client_closed');
  const base = await gateway();
  service = (_request, response) => setTimeout(() => response.end(), 200);
  for (let i = 0; i < 6; i++) {
    await assert.rejects(fetch(`${base}/account/x`, { signal: AbortSignal.timeout(50) }));
  }
  await eventually('all are counted', async () =>
    (await count('account', 'client_closed')) === before + 6 ? true : undefined,
  );
  assert.equal((await fetch(`${base}/account/x`)).status, 200);
});

test('an answer streams through without being held', async () => {
  const sent = Promise.withResolvers<void>();
  service = async (_request, response) => {
    response.write('first');
    await sent.promise;
    response.end('last');
  };
  const answer = await fetch(`${await gateway()}/product/x`);
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  assert.equal(Buffer.from(first?.value ?? []).toString(), 'first');
  sent.resolve();
  const last = await reader?.read();
  assert.equal(Buffer.from(last?.value ?? []).toString(), 'last');
});

test('a cookie is for TLS alone where a trusted proxy says that the browser speaks it', async () => {
  const login = Router().get('/login', (request, response) => {
    sessionCookie.set(request, response, 'secret', 60);
    response.end();
  });
  const cookie = async (trustedProxies: string[]) => {
    const headers = { 'x-forwarded-proto': 'https' };
    const answer = await fetch(`${await gateway({ login, trustedProxies })}/login`, { headers });
    return answer.headers.get('set-cookie') ?? '';
  };
  assert.match(
    await cookie(['127.0.0.1/32']),
    /^SESSION=secret;.*; HttpOnly; Secure; SameSite=Lax$/,
  );
  assert.match(await cookie([]), /^SESSION=secret;.*; HttpOnly; SameSite=Lax$/);
});

test('each request that would change something is one line of the audit, and no other is', async () => {
  const lines: unknown[] = [];
  const logger = Object.assign(Object.create(telemetry.logger), {
    info: (message: string, fields: object) => lines.push({ message, ...fields }),
  });
  const known: Gatekeeper = {
    ...gatekeeper,
    admit: async () => ({
      kind: 'admitted',
      identity: { subject: 'somebody', roles: ['customer'], by: 'session' },
    }),
  };
  const base = await gateway({ telemetry: { ...telemetry, logger }, gatekeeper: known });
  service = (_request, response) => response.writeHead(409).end();
  await fetch(`${base}/order/orders?x=1`);
  await fetch(`${base}/order/orders/7?email=a@b`, { method: 'PATCH', body: '{"name":"x"}' });
  await eventually('a line', () => lines.length > 0);
  assert.deepEqual(lines, [
    {
      message: 'audit',
      subject: 'somebody',
      route: 'order',
      method: 'PATCH',
      path: '/order/orders/7',
      status: 409,
    },
  ]);
});
