import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { deployEffect } from './deploy-effect.ts';

test('a deploy is noted as who the key stands for, and without one as nobody', async (t) => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(request.headers.authorization === 'Bearer sprout_key' ? 201 : 401).end();
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const warnings: string[] = [];
  const deploy = { service: 'product', title: 'product 2.0.0' };
  const effect = deployEffect(
    () => url,
    deploy,
    (message) => warnings.push(message),
  );
  process.env['SPROUT_API_KEY'] = 'sprout_key';
  t.after(() => delete process.env['SPROUT_API_KEY']);
  await effect.begin();
  assert.deepEqual(warnings, []);
  delete process.env['SPROUT_API_KEY'];
  await effect.begin();
  assert.deepEqual(seen, ['Bearer sprout_key', undefined]);
  assert.deepEqual(warnings, ['the deploy is not noted: 401']);
});
