import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { startTcpProxy } from './tcp-proxy.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/** Answers each chunk with the same bytes. */
const echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
let target: string | undefined;
let proxy: TcpProxy;

before(async () => {
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  target = `127.0.0.1:${(echo.address() as AddressInfo).port}`;
  proxy = await startTcpProxy({ host: '127.0.0.1', port: 0, target: () => target });
});
after(async () => {
  await proxy.close();
  echo.close();
});

test('bytes pass unchanged and in order', async () => {
  const client = connectTo(proxy);
  const sent = Array.from({ length: 500 }, (_, index) => `${index};`).join('');
  for (const part of sent.match(/.{1,7}/g) ?? []) client.write(part);
  assert.equal(await read(client, sent.length), sent);
  client.destroy();
});

test('a delay holds back what the client sends, in order, and ends when it is taken away', async () => {
  const client = connectTo(proxy);
  proxy.setDelayMs(200);
  const startedMs = performance.now();
  client.write('a');
  client.write('b');
  assert.equal(await read(client, 2), 'ab');
  assert.ok(performance.now() - startedMs >= 199);
  proxy.setDelayMs(0);
  const againMs = performance.now();
  client.write('c');
  assert.equal(await read(client, 1), 'c');
  assert.ok(performance.now() - againMs < 150);
  client.destroy();
});

test('without a target, connections are closed', async () => {
  const known = target;
  target = undefined;
  const client = connectTo(proxy);
  await new Promise((resolve) => client.once('close', resolve));
  target = known;
});

function connectTo({ address }: TcpProxy): Socket {
  const socket = connect(Number(address.split(':')[1]), '127.0.0.1');
  return socket.on('error', () => socket.destroy());
}

async function read(socket: Socket, length: number): Promise<string> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.length >= length) return text;
  }
  return text;
}
