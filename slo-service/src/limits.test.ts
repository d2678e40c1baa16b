import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

test('every named limit stands in the README', () => {
  const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter(
    (path) => !/\.test\.ts$|^(crash|testing)\//.test(path),
  );
  const names = files.flatMap((path) => {
    const text = readFileSync(join(import.meta.dirname, path), 'utf8');
    return [...text.matchAll(/^(?:export )?const (\w+Max) =/gm)].map(([, name]) => name ?? '');
  });
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  assert.ok(names.length > 30, `only ${names.length} found`);
  assert.deepEqual(
    [...new Set(names)].filter((name) => !readme.includes(`\`${name}\``)),
    [],
  );
});
