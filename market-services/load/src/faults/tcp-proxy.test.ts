import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { startTcpProxy } from './tcp-proxy.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/** Answers each chunk with the same bytes. */
const echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
/** Where the proxy dials; nobody listens at 1. */
let target = 1;
let proxy: TcpProxy;
/** What the proxy takes for chance. */
let chance = 0;

before(async () => {
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  target = (echo.address() as AddressInfo).port;
  proxy = await startTcpProxy({
    host: '127.0.0.1',
    port: 0,
    dial: () => connect(target, '127.0.0.1'),
    random: () => chance,
  });
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
  proxy.disturb({ delayMs: 200 });
  const startedMs = performance.now();
  client.write('a');
  client.write('b');
  assert.equal(await read(client, 2), 'ab');
  assert.ok(performance.now() - startedMs >= 199);
  proxy.disturb({});
  const tookMs: number[] = [];
  for (let times = 0; times < 5; times += 1) {
    const againMs = performance.now();
    client.write('c');
    assert.equal(await read(client, 1), 'c');
    tookMs.push(performance.now() - againMs);
  }
  // On a busy machine any one of them may wait; with the delay none would be so fast.
  assert.ok(Math.min(...tookMs) < 150, `${tookMs.join()} ms`);
  client.destroy();
});

test('who refuses closes what is open and turns away what comes, until it ends', async () => {
  const open = connectTo(proxy);
  open.write('a');
  assert.equal(await read(open, 1), 'a');
  proxy.disturb({ refuse: true });
  await new Promise((resolve) => open.once('close', resolve));
  await new Promise((resolve) => connectTo(proxy).once('close', resolve));
  proxy.disturb({});
  const again = connectTo(proxy);
  again.write('b');
  assert.equal(await read(again, 1), 'b');
  again.destroy();
});

test('a chance of cuts costs the connections it falls on, and no others', async () => {
  proxy.disturb({ cutChance: 0.5 });
  chance = 0.6;
  const spared = connectTo(proxy);
  spared.write('a');
  assert.equal(await read(spared, 1), 'a');
  chance = 0.4;
  spared.write('b');
  await new Promise((resolve) => spared.once('close', resolve));
  proxy.disturb({});
});

test('without a target, connections are closed', async () => {
  const known = target;
  target = 1;
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
