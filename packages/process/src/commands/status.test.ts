import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { statusCommand } from './status.ts';

test('what another version of Sprout has configured is looked at, though it cannot be used', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-status-'));
  const before = process.env['SPROUT_CONFIG'];
  t.after(() => {
    rmSync(dataDir, { recursive: true });
    if (before === undefined) delete process.env['SPROUT_CONFIG'];
    else process.env['SPROUT_CONFIG'] = before;
  });
  process.env['SPROUT_CONFIG'] = join(dataDir, 'config.json');
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ dataDir, alerting: 'as it was' }));
  const printed: string[] = [];
  const code = await statusCommand.run({
    values: { json: true },
    positionals: [],
    config: () => assert.fail('its schema is of another version'),
    declared: () => assert.fail('what is declared does not tell what runs'),
    print: (line) => void printed.push(line),
    warn: (line) => assert.fail(line),
  });
  assert.equal(code, 1);
  assert.partialDeepStrictEqual(JSON.parse(printed.join('\n')), { running: false, dataDir });
});
