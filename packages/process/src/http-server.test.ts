import assert from 'node:assert/strict';
import { connect } from 'node:net';
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

/** What a server answers to bytes, when the connection has ended. */
async function answerTo(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), host);
  socket.setTimeout(10_000, () => socket.destroy(new Error('no end of the answer')));
  socket.write(bytes, 'latin1');
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

test('what is no HTTP, or too much of it, is answered by a problem; nobody else notices', async (t) => {
  const paths: (string | undefined)[] = [];
  const server = await listen(
    (request, response) => {
      paths.push(request.url);
      request.resume().once('end', () => response.end('hello'));
    },
    { host, port: 0, acceptsAtOnce: 2 },
  );
  t.after(() => server.close());
  const after = (line: string) => `GET / HTTP/1.1\r\nHost: x\r\n${line}\r\n\r\n`;
  const bad = 'HTTP/1.1 400 Bad Request';
  for (const [bytes, status] of [
    ['hello\r\n\r\n', bad],
    ['GET / HTTP/9.9\r\n\r\n', bad],
    ['\u0016\u0003\u0001\u0000\u0005hello', bad],
    ['GET / HTTP/1.1\r\n\r\n', bad],
    [after('Content-Length: -1'), bad],
    [after('Content-Length: 5\r\nContent-Length: 6'), bad],
    [after('Content-Length: 5\r\nTransfer-Encoding: chunked'), bad],
    [after('Transfer-Encoding: chunked\r\n\r\nzz'), bad],
    [after('Na me: x'), bad],
    [after('X-Name: a\u0000b'), bad],
    [after(`X-Name: ${'x'.repeat(100_000)}`), 'HTTP/1.1 431 Request Header Fields Too Large'],
    [after('Expect: miracles'), 'HTTP/1.1 417 Expectation Failed'],
    ['CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 405 Method Not Allowed'],
  ] as const) {
    const [head = '', body = ''] = (await answerTo(server.url, bytes)).split('\r\n\r\n');
    const what = JSON.stringify(bytes.slice(0, 80));
    assert.ok(head.startsWith(status), `${what}: ${head}`);
    assert.match(head, /content-type: application\/problem\+json/i, what);
    assert.equal(JSON.parse(body).status, Number(status.split(' ')[1]), what);
  }
  // The one whose body is wrong had headers that were right.
  assert.deepEqual(paths, ['/']);
  assert.equal(await (await fetch(server.url)).text(), 'hello');
});

test('nothing is said into the middle of an answer', async (t) => {
  const server = await listen((_, response) => void response.write('half'), { host, port: 0 });
  t.after(() => server.close());
  const socket = connect(Number(new URL(server.url).port), host);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    if (answer.endsWith('half\r\n')) socket.write('hello\r\n\r\n');
  }
  assert.match(answer, /^HTTP\/1\.1 200 OK/);
  assert.doesNotMatch(answer, /problem/);
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
