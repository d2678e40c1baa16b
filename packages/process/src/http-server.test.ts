import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listen, portOf } from './http-server.ts';

const host = '127.0.0.1';

test('port 0 listens somewhere free and tells where', async () => {
  const server = await listen((_, response) => response.end('hello'), { host, port: 0 });
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  assert.equal(await (await fetch(server.url)).text(), 'hello');
  await server.close();
  await assert.rejects(fetch(server.url));
});

test('closing lets a running request end', async () => {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const server = await listen(
    (_, response) => {
      begun.resolve();
      void goOn.promise.then(() => response.end('finished'));
    },
    { host, port: 0 },
  );
  const answer = fetch(server.url).then((response) => response.text());
  await begun.promise;
  const closed = server.close();
  goOn.resolve();
  assert.equal(await answer, 'finished');
  await closed;
});

test('several sockets of one port serve the same and close together', async () => {
  let connections = 0;
  const options = { host, port: 0, acceptsAtOnce: 4 };
  const server = await listen((_, response) => response.end('hello'), options);
  server.server.on('connection', () => (connections += 1));
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => (await fetch(server.url)).text()),
  );
  assert.deepEqual(new Set(answers), new Set(['hello']));
  // Had a socket not handed its connections on, they would hang; had it none, they were refused.
  assert.ok(connections >= 4, `${connections} connections`);
  await server.close();
  await assert.rejects(fetch(server.url));
  const again = await listen(() => undefined, { host, port: Number(new URL(server.url).port) });
  await again.close();
});

test('a taken port is an error that says which', async () => {
  const server = await listen(() => undefined, { host, port: 0 });
  const port = Number(new URL(server.url).port);
  await assert.rejects(
    listen(() => undefined, { host, port }),
    { code: 'PORT_TAKEN', message: `port ${port} on 127.0.0.1 is taken` },
  );
  await server.close();
});

test('an address that others can reach is refused', async () => {
  const unsafe = listen(() => undefined, { host: '0.0.0.0', port: 0 });
  await assert.rejects(unsafe, { code: 'LISTEN_UNSAFE' });
});

test('a listener has its own port, the main one goes by the name of the process', () => {
  const config = { ports: { collector: 4318, 'collector.zipkin': 9411 } };
  assert.equal(portOf(config, 'collector'), 4318);
  assert.equal(portOf(config, 'collector', 'zipkin'), 9411);
  assert.equal(portOf(config, 'collector', 'query'), 0);
});
