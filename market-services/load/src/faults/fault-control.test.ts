import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { listen, problemHandler } from '@sprout/process';
import { faultControl } from './fault-control.ts';
import { readFaults, recordFault } from './ground-truth.ts';
import type { TcpProxy } from './tcp-proxy.ts';

test('a fault starts and stops once, and its window is recorded', async () => {
  const delays: number[] = [];
  const proxy: TcpProxy = {
    address: 'unused',
    setDelayMs: (delayMs) => void delays.push(delayMs),
    close: async () => undefined,
  };
  const path = join(mkdtempSync(join(tmpdir(), 'faults-')), 'events.jsonl');
  let seconds = 0;
  const control = faultControl({
    proxies: new Map([['product-db', proxy]]),
    record: (event) => recordFault(path, event),
    onChange: () => undefined,
    now: () => new Date(1000 * seconds++),
  }).use(problemHandler((error) => assert.fail(String(error))));
  const server = await listen(control, { host: '127.0.0.1', port: 0 });
  const ask = (method: string, name: string) => fetch(`${server.url}/faults/${name}`, { method });

  assert.equal((await ask('PUT', 'product-db-slow')).status, 200);
  assert.equal((await ask('PUT', 'product-db-slow')).status, 200);
  assert.equal((await ask('DELETE', 'product-db-slow')).status, 200);
  assert.deepEqual(delays, [2500, 0]);
  assert.deepEqual(readFaults(path), [
    { fault: 'product-db-slow', event: 'started', at: '1970-01-01T00:00:00.000Z' },
    { fault: 'product-db-slow', event: 'stopped', at: '1970-01-01T00:00:01.000Z' },
  ]);

  const unknown = await ask('PUT', 'product-db-slwo');
  assert.equal(unknown.status, 404);
  assert.match(await unknown.text(), /FAULT_UNKNOWN.*product-db-slow/);
  await server.close();
});
