import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import express from 'express';
import { listen } from '@sprout/process';
import { runbookRoutes } from './runbooks.ts';

test('a runbook opens as text, and nothing outside its directory does', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'runbooks-'));
  writeFileSync(join(directory, 'DiskFull.md'), '# DiskFull\n\n## 의미\n');
  const server = await listen(express().use(runbookRoutes(directory)), {
    host: '127.0.0.1',
    port: 0,
  });
  t.after(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });
  const found = await fetch(`${server.url}/runbooks/DiskFull.md`);
  assert.equal(found.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.match(await found.text(), /의미/);
  assert.equal((await fetch(`${server.url}/runbooks/..%2F..%2Fetc%2Fpasswd`)).ok, false);
  assert.equal((await fetch(`${server.url}/runbooks/Other.md`)).status, 404);
});
