import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addressOf, listRunFiles, publishRunFile, readRunFile, removeRunFile } from './run-file.ts';
import { waitForAddress } from './run-file.ts';

const place = () => ({ dataDir: mkdtempSync(join(tmpdir(), 'sprout-run-')) });
const endpoint = { process: 'gateway', listener: 'http' };
const file = (url: string) => ({ name: 'gateway', pid: 1, addresses: { http: url } });

test('what one process publishes another finds', () => {
  const here = place();
  assert.equal(addressOf(here, endpoint), undefined);
  assert.deepEqual(listRunFiles(here), []);
  publishRunFile(here, file('http://127.0.0.1:1'));
  assert.equal(addressOf(here, endpoint), 'http://127.0.0.1:1');
  assert.equal(addressOf(here, { process: 'gateway', listener: 'other' }), undefined);
  assert.deepEqual(
    listRunFiles(here).map(({ name }) => name),
    ['gateway'],
  );
  assert.match(readRunFile(here, 'gateway')?.startedAt ?? '', /^\d{4}-.*Z$/);
});

test('a new address replaces the old one whole, and leaves no partial file', () => {
  const here = place();
  publishRunFile(here, file('http://127.0.0.1:1'));
  publishRunFile(here, file('http://127.0.0.1:2'));
  assert.equal(addressOf(here, endpoint), 'http://127.0.0.1:2');
  assert.deepEqual(readdirSync(join(here.dataDir, 'run')), ['gateway.json']);
});

test('a fixed URL needs nobody to publish it', () => {
  assert.equal(addressOf(place(), { url: 'http://elsewhere:9090' }), 'http://elsewhere:9090');
});

test('removing is idempotent', () => {
  const here = place();
  publishRunFile(here, file('http://127.0.0.1:1'));
  removeRunFile(here, 'gateway');
  removeRunFile(here, 'gateway');
  assert.equal(readRunFile(here, 'gateway'), undefined);
});

test('waiting ends when the address is there, or says whom it waited for', async () => {
  const here = place();
  const waiting = waitForAddress(here, endpoint);
  publishRunFile(here, file('http://127.0.0.1:3'));
  assert.equal(await waiting, 'http://127.0.0.1:3');
  await assert.rejects(waitForAddress(place(), endpoint, 1), {
    code: 'ADDRESS_UNKNOWN',
    message: /"process":"gateway"/,
  });
});
