import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listen } from '@sprout/process';
import type { Listening } from '@sprout/process';
import express from 'express';
import { consoleRoutes } from './console.ts';
import { securityHeaders } from './security-headers.ts';

const directory = mkdtempSync(join(tmpdir(), 'sprout-console-'));
let server: Listening;

before(async () => {
  const app = express().use(securityHeaders, consoleRoutes(join(directory, 'dist')));
  server = await listen(app, { host: '127.0.0.1', port: 0 });
});

after(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const get = (path: string) => fetch(server.url + path, { headers: { accept: 'text/html' } });

describe('the console', () => {
  it('that is not built says how to build it', async () => {
    const response = await get('/');
    assert.equal(response.status, 503);
    assert.match(await response.text(), /not built[^]*\.\/sprout up/);
  });

  it('answers every page of its own with the application', async () => {
    mkdirSync(join(directory, 'dist', 'assets'), { recursive: true });
    writeFileSync(join(directory, 'dist', 'index.html'), '<title>Sprout</title>');
    writeFileSync(join(directory, 'dist', 'assets', 'index-DPOf13Um.js'), '1');
    for (const path of ['/', '/objective/order-availability', '/trace/abc']) {
      const response = await get(path);
      assert.equal(response.status, 200, path);
      assert.equal(await response.text(), '<title>Sprout</title>');
      assert.equal(response.headers.get('cache-control'), 'no-cache');
    }
  });

  it('lets browsers keep files whose name changes with their content', async () => {
    const { headers } = await get('/assets/index-DPOf13Um.js');
    assert.match(headers.get('cache-control') ?? '', /immutable/);
  });

  it('does not answer for the API or for a missing file', async () => {
    for (const path of ['/api/v1/nothing', '/telemetry/x', '/missing.js']) {
      assert.equal((await get(path)).status, 404, path);
    }
  });

  it('may load scripts and styles from itself alone', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.doesNotMatch(policy, /unsafe|https?:|data:/);
  });
});
