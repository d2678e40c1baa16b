import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readGeneratedFiles } from '@sprout/process';
import { defaultConfig } from '../testing/config.ts';
import { generatedFiles } from './files.ts';

test('the generated files are those of sprout.config.ts', () => {
  const checkedIn = readGeneratedFiles(join(import.meta.dirname, '../../_generated'));
  assert.deepEqual(
    Object.fromEntries(checkedIn),
    Object.fromEntries(generatedFiles(defaultConfig)),
    'run ./sprout alerts build',
  );
});

test('generation is deterministic, and the time scale of a run does not change names', () => {
  const fast = generatedFiles({ ...defaultConfig, timeScale: 60 });
  assert.deepEqual(generatedFiles(defaultConfig), generatedFiles(defaultConfig));
  assert.deepEqual([...fast.keys()], [...generatedFiles(defaultConfig).keys()]);
});
