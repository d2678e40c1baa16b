import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { gated } from './gate.ts';
import type { Call } from '../http/router.ts';

test('queries beyond the limit are refused with 429 until one has ended', async () => {
  const first = Promise.withResolvers<void>();
  const waiting = [first.promise, Promise.resolve(), Promise.resolve()];
  const [route] = gated([{ method: 'GET', path: '/', handle: () => waiting.shift() }], 1);
  const request = new IncomingMessage(new Socket());
  const call: Call = {
    request,
    response: new ServerResponse(request),
    url: new URL('http://a/'),
    params: {},
  };
  const running = route?.handle(call);
  await assert.rejects(async () => route?.handle(call), { status: 429 });
  first.resolve();
  await running;
  await route?.handle(call);
});
