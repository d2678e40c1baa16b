import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../project-root.ts';
import { asUnit } from './checks.ts';
import { addTallies, tallyLine } from './tally.ts';
import { aloneFiles, findTestFiles } from './test-files.ts';
import { testReport } from './test-report.ts';
import { waitingFiles } from './waiting-files.ts';

function project(...paths: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'sprout-files-'));
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  return root;
}

test('whole stacks and browsers run apart, the console by Vitest, dependencies not at all', () => {
  const root = project(
    'packages/a/src/a.test.ts',
    'packages/a/src/a.ts',
    'test/story.test.ts',
    'test/fault-story.test.ts',
    'slo-service/console/src/chart.test.tsx',
    'slo-service/console/test/bundle.test.ts',
    'node_modules/b/b.test.ts',
    '.sprout/node/c.test.ts',
  );
  assert.deepEqual(findTestFiles(root, []), {
    alone: ['test/fault-story.test.ts'],
    wholeStack: ['test/story.test.ts'],
    browser: ['slo-service/console/test/bundle.test.ts'],
    waiting: [],
    files: ['packages/a/src/a.test.ts'],
    console: true,
  });
});

test('a pattern is a part of a path', () => {
  const root = project('packages/a/src/a.test.ts', 'packages/b/src/b.test.ts');
  assert.deepEqual(findTestFiles(root, ['packages/b']), {
    alone: [],
    wholeStack: [],
    browser: [],
    waiting: [],
    files: ['packages/b/src/b.test.ts'],
    console: false,
  });
});

test('every file that is known to wait or to run alone is there, and runs once', () => {
  const { alone, files, waiting } = findTestFiles(projectRoot, []);
  assert.deepEqual(alone, aloneFiles);
  assert.deepEqual(waiting, waitingFiles);
  assert.deepEqual(
    files.filter((path) => [...waitingFiles, ...aloneFiles].includes(path)),
    [],
  );
});

test('the last line counts passed, failed and skipped', () => {
  const total = addTallies([
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 3, failed: 1, skipped: 0 },
  ]);
  assert.equal(tallyLine(total), '4 passed, 1 failed, 2 skipped');
});

test('a step that throws counts as one failed test and says why', async () => {
  const said: string[] = [];
  const report = testReport(1, (line) => said.push(line));
  report.add(
    await asUnit('lint', async () => {
      throw new Error('a missing comma');
    }),
  );
  assert.deepEqual(report.total(), { passed: 0, failed: 1, skipped: 0 });
  assert.deepEqual(report.failures(), [{ title: 'lint', output: 'Error: a missing comma' }]);
  assert.match(said[0] ?? '', /^\[1\/1\] .*FAIL.*lint/);
});
