import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readGeneratedFiles, writeGeneratedFiles } from './generated-files.ts';

test('what was written is read back, and files that are no longer generated go', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-generated-'));
  try {
    writeGeneratedFiles(
      new Map([
        ['a.yml', '1'],
        ['b/c.json', '2'],
      ]),
      directory,
    );
    const second = new Map([
      ['b/c.json', '3'],
      ['b/d.json', '4'],
    ]);
    writeGeneratedFiles(second, directory);
    assert.deepEqual(readGeneratedFiles(directory), second);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
