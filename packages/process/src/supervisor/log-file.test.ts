import assert from 'node:assert/strict';
import { closeSync, existsSync, mkdtempSync, readFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { logPath, logTail, openLog, rotateLog } from './log-file.ts';

test('a log that grew too large is set aside, and its writer goes on at the start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-log-'));
  const path = logPath(dataDir, 'a');
  const descriptor = openLog(dataDir, 'a');
  writeSync(descriptor, 'old line\n');
  rotateLog(path, 5);
  writeSync(descriptor, 'new\n');
  closeSync(descriptor);
  assert.equal(readFileSync(path, 'utf8'), 'new\n');
  assert.equal(readFileSync(`${path}.1`, 'utf8'), 'old line\n');
  rotateLog(path, 5);
  assert.equal(readFileSync(path, 'utf8'), 'new\n');
});

test('a log that was never written has no tail and needs no rotation', () => {
  const path = join(tmpdir(), 'sprout-no-such-log');
  assert.deepEqual(logTail(path, 5), []);
  rotateLog(path);
  assert.equal(existsSync(path), false);
});
