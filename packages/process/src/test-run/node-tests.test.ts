import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';

const resultSchema = z.object({
  name: z.string(),
  tally: z.object({ passed: z.number(), failed: z.number(), skipped: z.number() }),
  failures: z.array(z.object({ title: z.string(), output: z.string() })),
});
let results: Map<string, z.infer<typeof resultSchema>>;

const files = {
  'mixed.test.ts': `
    import assert from 'node:assert';
    import { getPriority } from 'node:os';
    import { describe, test } from 'node:test';
    console.log('said by mixed');
    test('good', () => assert.equal(getPriority(), 10));
    test('bad', () => { throw new Error('as expected'); });
    describe('suite', () => { test('inner', () => undefined); test.skip('left out'); });
  `,
  'unloadable.test.ts': `import './nowhere.ts';`,
  'hook.test.ts': `
    import { before, describe, test } from 'node:test';
    describe('suite', () => { before(() => { throw new Error('hook broke'); }); test('t', () => undefined); });
  `,
};

/** Node refuses to run test files from within a test, so a process of its own does it. */
before(async () => {
  const root = mkdtempSync(join(tmpdir(), 'sprout-test-run-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  const script = `
    import { runNodeTests } from ${JSON.stringify(join(import.meta.dirname, 'node-tests.ts'))};
    for (const file of ${JSON.stringify(Object.keys(files))}) {
      console.log(JSON.stringify(await runNodeTests(${JSON.stringify(root)}, file, { lowPriority: true })));
    }
  `;
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const scriptFile = join(root, 'run.ts');
  writeFileSync(scriptFile, script);
  const { stdout } = await promisify(execFile)(process.execPath, [scriptFile], { env });
  const parsed = stdout
    .trim()
    .split('\n')
    .map((line) => resultSchema.parse(JSON.parse(line)));
  results = new Map(parsed.map((result) => [result.name, result]));
});

test('tests are counted, suites are not', () => {
  assert.deepEqual(results.get('mixed.test.ts')?.tally, { passed: 2, failed: 1, skipped: 1 });
});

test('a failure comes with its place, its error and what its file printed', () => {
  const [failure] = results.get('mixed.test.ts')?.failures ?? [];
  assert.match(failure?.title ?? '', /^bad \(.*mixed\.test\.ts:7\)$/);
  assert.match(failure?.output ?? '', /as expected[^]*what the file printed:\nsaid by mixed/);
});

test('a file that cannot be loaded is a failure that says why', () => {
  const result = results.get('unloadable.test.ts');
  assert.deepEqual(result?.tally, { passed: 0, failed: 1, skipped: 0 });
  assert.match(result?.failures[0]?.output ?? '', /Cannot find module .*nowhere\.ts/);
});

test('a hook that fails cannot pass', () => {
  const result = results.get('hook.test.ts');
  assert.ok((result?.tally.failed ?? 0) > 0);
  assert.match(JSON.stringify(result?.failures), /hook broke/);
});
