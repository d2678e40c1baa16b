import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';

const source = join(import.meta.dirname, '..');

it('every problem is thrown in both languages', () => {
  const files = globSync('**/*.ts', { cwd: source }).filter((path) => !path.endsWith('.test.ts'));
  const saying = (words: string) =>
    files.filter((path) => readFileSync(join(source, path), 'utf8').includes(words));
  assert.deepEqual(saying('new HttpProblem('), ['api/problems.ts'], 'where a language was chosen');
  assert.ok(saying('new SpokenProblem(').length > 10);
});
