import assert from 'node:assert/strict';
import { test } from 'node:test';
import express from 'express';
import { listen } from '@sprout/process';
import { createRegistry, leaseMs } from './registry.ts';
import { discoveryRoutes } from './discovery-routes.ts';

test('what a newer instance says beyond what is known is ignored, and it serves', async (t) => {
  let nowMs = 0;
  const registry = createRegistry(() => nowMs);
  nowMs = leaseMs;
  const app = express().use(express.json()).use(discoveryRoutes(registry));
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  t.after(() => server.close());
  const known = { url: 'http://127.0.0.1:1', state: 'ready' };
  const { status } = await fetch(`${server.url}/instances/product/product`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...known, zone: 'seoul-a', weight: 3 }),
  });
  assert.equal(status, 204);
  const list: unknown = await (await fetch(`${server.url}/instances`)).json();
  const instances = [{ service: 'product', id: 'product', ...known }];
  assert.deepEqual(list, { version: 1, instances });
});
