import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { createPool } from 'mysql2/promise';
import type { Pool } from 'mysql2/promise';
import { startObserved } from '../../test/observed.ts';
import type { Observed } from '../../test/observed.ts';
import { send } from '../../test/request.ts';
import { startMariadb, startRedis } from '../../test/servers.ts';
import type { PrivateServer } from '../../test/servers.ts';

let observed: Observed;
let servers: PrivateServer[];
let pool: Pool;
let redis: Redis;

before(async () => {
  servers = await Promise.all([startMariadb(), startRedis()]);
  const [mariadb, redisServer] = servers;
  pool = createPool({
    host: '127.0.0.1',
    port: mariadb?.port ?? 0,
    user: 'root',
    connectionLimit: 1,
  });
  redis = new Redis({ host: '127.0.0.1', port: redisServer?.port ?? 0 });
  observed = await startObserved((app) => {
    app.get('/both', async (_request, response) => {
      await pool.query('SELECT ? AS email', ['kim@example.com']);
      await pool.execute('SELECT ? AS other', ['lee@example.com']);
      await redis.set('session:kim', 'top secret');
      response.end();
    });
    app.get('/sleep', async (_request, response) => {
      await pool.query('SELECT SLEEP(0.4)');
      response.end();
    });
    app.get('/wrong', async (_request, response) => {
      await pool.query('SELECT nothing FROM nowhere').catch(() => 'expected');
      await redis.call('NOSUCHCOMMAND').catch(() => 'expected');
      response.end();
    });
    app.get('/blocked', async (_request, response) => {
      await redis.xread('BLOCK', 50, 'STREAMS', 'orders', '$');
      response.end();
    });
  });
});

after(async () => {
  await observed?.stop();
  await pool?.end();
  redis?.disconnect();
  await Promise.all(servers.map((server) => server.stop()));
});

async function traceOf(path: string, size: number) {
  const root = await observed.sink.wait(() =>
    observed.sink.spans.findLast((span) => span.attributes['url.path'] === path),
  );
  const children = () => observed.sink.spans.filter((span) => span.parentSpanId === root.spanId);
  return observed.sink.wait(() => (children().length >= size ? children() : undefined));
}

async function metric(pattern: RegExp): Promise<number> {
  const { body } = await send(`${observed.url}/metrics`);
  return Number(pattern.exec(body)?.[1]);
}

test('statements and commands are children of the request that caused them', async () => {
  await send(`${observed.url}/both`);
  const children = await traceOf('/both', 3);
  assert.deepEqual(
    children.map(({ kind, name }) => `${kind} ${name}`),
    ['CLIENT SELECT', 'CLIENT SELECT', 'CLIENT SET'],
  );
});

test('values, keys and parameters stay out of the spans', async () => {
  const spans = JSON.stringify(await traceOf('/both', 3));
  assert.doesNotMatch(spans, /kim|lee|secret/);
  assert.match(spans, /"SELECT \? AS email"/);
  assert.match(spans, /"SET \?"/);
});

test('every call is counted by system, operation and outcome', async () => {
  await send(`${observed.url}/wrong`);
  const count = (labels: string) =>
    metric(new RegExp(`^db_client_operation_duration_seconds_count\\{${labels}\\} (\\d+)$`, 'm'));
  assert.ok(
    (await count('db_system_name="mysql",db_operation_name="SELECT",outcome="error"')) >= 1,
  );
  assert.ok((await count('db_system_name="redis",db_operation_name="SET",outcome="ok"')) >= 1);
  const [query, command] = await traceOf('/wrong', 2);
  assert.equal(query?.attributes['error.type'], 'ER_NO_DB_ERROR');
  assert.ok(query?.error === true && command?.error === true);
});

test('waiting for a connection of the pool is no part of a statement', async () => {
  let seconds = Infinity;
  // On a busy machine a statement may take long by itself, but not each time.
  for (let times = 0; times < 3 && seconds >= 1.15; times += 1) {
    const before = await sumOfSelects();
    await Promise.all([send(`${observed.url}/sleep`), send(`${observed.url}/sleep`)]);
    seconds = (await sumOfSelects()) - before;
    assert.ok(seconds >= 0.8, `${seconds} s`);
  }
  // The second request waited 0.4 s for the only connection.
  assert.ok(seconds < 1.15, `${seconds} s`);
});

const sumOfSelects = () =>
  metric(/^db_client_operation_duration_seconds_sum\{.*"SELECT",outcome="ok"\} (\S+)$/m);

test('who waited for a connection keeps its own trace', async () => {
  await Promise.all([1, 2, 3].map(() => send(`${observed.url}/sleep`)));
  const roots = await observed.sink.wait(() => {
    const found = observed.sink.spans.filter((span) => span.attributes['url.path'] === '/sleep');
    return found.length >= 5 && found;
  });
  for (const root of roots) {
    const children = observed.sink.spans.filter((span) => span.parentSpanId === root.spanId);
    assert.equal(children.length, 1);
  }
});

test('a command that blocks on purpose is not timed', async () => {
  await send(`${observed.url}/blocked`);
  const [span] = await traceOf('/blocked', 1);
  assert.equal(span?.name, 'XREAD');
  const { body } = await send(`${observed.url}/metrics`);
  assert.doesNotMatch(body, /XREAD/);
});

test('polling outside a request is timed but makes no traces', async () => {
  const spansBefore = observed.sink.spans.length;
  await pool.query('SELECT 1');
  await send(`${observed.url}/both`);
  await observed.sink.wait(() => observed.sink.spans.length >= spansBefore + 4);
  const roots = observed.sink.spans.filter((span) => span.parentSpanId === '');
  assert.ok(roots.every(({ kind }) => kind === 'SERVER'));
});
