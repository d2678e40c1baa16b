import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { SproutError } from '../error.ts';
import { checkPorts, openPortBook } from './ports.ts';

const host = '127.0.0.1';

async function holdPort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

test('every taken port is named at once, with who holds it', async () => {
  const [first, second] = [await holdPort(), await holdPort()];
  const ports = { gateway: first.port, 'collector.zipkin': second.port, account: 0 };
  await assert.rejects(
    checkPorts({ host, ports }, ['gateway', 'collector', 'account']),
    (error) => {
      assert.ok(error instanceof SproutError && error.code === 'PORT_TAKEN');
      const lines = error.message.split('\n');
      assert.equal(lines.length, 2);
      assert.ok(
        lines[0]?.startsWith(`port ${first.port} (gateway) is held by pid ${process.pid}:`),
      );
      assert.match(lines[0] ?? '', /node/);
      assert.ok(lines[1]?.startsWith(`port ${second.port} (collector.zipkin) is held by pid`));
      return true;
    },
  );
  first.server.close();
  second.server.close();
});

test('the ports of processes that are not started do not matter', async () => {
  const { server, port } = await holdPort();
  await checkPorts({ host, ports: { gateway: port } }, ['collector']);
  server.close();
});

test('two listeners with one port are told before anything starts', async () => {
  const { server, port } = await holdPort();
  server.close();
  await assert.rejects(
    checkPorts({ host, ports: { gateway: port, collector: port } }, ['gateway', 'collector']),
    /is configured for gateway and for collector/,
  );
});

test('a configured port is used as it is; a free one is chosen once and never twice', async () => {
  const book = await openPortBook({ host, ports: { mariadb: 13_306, redis: 0 } }, ['a', 'redis']);
  assert.equal(book.port('mariadb'), 13_306);
  const redis = book.port('redis');
  assert.equal(book.port('redis'), redis);
  assert.equal(new Set([redis, book.port('a'), book.port('a', 'other')]).size, 3);
});

test('a process that could not start gets other ports, as long as there are any', async () => {
  const book = await openPortBook({ host, ports: { mariadb: 13_306 } }, ['redis', 'mariadb']);
  const before = [book.port('redis'), book.port('redis', 'bus')];
  book.chooseAgain('redis');
  const after = [book.port('redis'), book.port('redis', 'bus')];
  assert.equal(new Set([...before, ...after]).size, 4);
  for (let times = 0; times < 5; times++) {
    book.chooseAgain('redis');
    assert.ok(book.port('redis') > 0 && book.port('redis', 'bus') > 0);
  }
  book.chooseAgain('mariadb');
  assert.equal(book.port('mariadb'), 13_306);
});
