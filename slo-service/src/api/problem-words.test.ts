import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { koreanProblems } from './problem-words.ts';

const source = join(import.meta.dirname, '..');

it('every problem that is answered over HTTP is said in Korean too', () => {
  const files = globSync('**/*.ts', { cwd: source }).filter((path) => !path.endsWith('.test.ts'));
  const codes = files.flatMap((path) => {
    const text = readFileSync(join(source, path), 'utf8');
    // The code of `new HttpProblem(…, { code: '…'` follows in its first lines.
    return [...text.matchAll(/new HttpProblem\([^{]*\{[^}]*?code: '([A-Z_]+)'/g)].map(
      ([, code]) => code ?? '',
    );
  });
  assert.ok(codes.length > 20, `only ${codes.length} found`);
  const storage = ['RECORDS_FULL', 'STORAGE_AWAY', 'EXPLAIN_UNAVAILABLE'];
  const unsaid = [...new Set([...codes, ...storage])].filter((code) => !(code in koreanProblems));
  assert.deepEqual(unsaid, []);
  for (const [code, words] of Object.entries(koreanProblems)) {
    for (const text of words) assert.match(text, /[가-힣]/, `${code}: ${text}`);
  }
});
