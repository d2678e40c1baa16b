import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig, loadDataDir } from './config.ts';

const directory = mkdtempSync(join(tmpdir(), 'sprout-config-'));

function written(name: string, config: unknown): string {
  const path = join(directory, name);
  writeFileSync(path, JSON.stringify(config));
  return path;
}

test('the data of another version is found, though its configuration cannot be used', () => {
  const path = written('old.json', { dataDir: '/var/lib/sprout', alerting: 'as it once was' });
  assert.throws(() => loadConfig(path), { code: 'CONFIG_INVALID' });
  assert.equal(loadDataDir(path), '/var/lib/sprout');
});

test('a file that names no data is refused, a missing one too', () => {
  const path = written('none.json', { dataDir: 7 });
  assert.throws(() => loadDataDir(path), { code: 'CONFIG_INVALID', message: /dataDir/ });
  const missing = join(directory, 'missing.json');
  assert.throws(() => loadDataDir(missing), { code: 'CONFIG_MISSING' });
});
