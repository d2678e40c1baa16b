import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLogger, publishRunFile, removeRunFile } from '@sprout/process';
import { createMetrics } from '../metrics/collector-metrics.ts';
import { startProbes } from './prober.ts';

test('a process is down only after it has answered once', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'prober-'));
  const metrics = createMetrics();
  const probe = {
    name: 'door',
    route: 'order',
    endpoint: { process: 'gateway', listener: 'http' },
    path: '/',
  };
  const stop = startProbes({ dataDir, probes: [probe] }, metrics, createLogger('test'), 20);
  t.after(() => {
    stop();
    rmSync(dataDir, { recursive: true });
  });
  const counted = async (outcome: string) => {
    const { values } = await metrics.probeRequests.get();
    return values.find(({ labels }) => labels['outcome'] === outcome)?.value ?? Number.NaN;
  };
  const until = async (outcome: string, count: number) => {
    while ((await counted(outcome)) < count) await new Promise((next) => setTimeout(next, 5));
  };

  await new Promise((next) => setTimeout(next, 200));
  assert.equal(await counted('unreachable'), 0, 'it is still being started');

  const server = createServer((_request, response) => void response.end());
  await new Promise<void>((next) => server.listen(0, '127.0.0.1', next));
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  publishRunFile({ dataDir }, { name: 'gateway', pid: process.pid, addresses: { http } });
  await until('arrived', 2);

  server.closeAllConnections();
  server.close();
  removeRunFile({ dataDir }, 'gateway');
  await until('unreachable', 2);
});
