import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const program = `
  import { heapLimitBytes } from ${JSON.stringify(import.meta.resolve('./heap-limit.ts'))};
  import { getHeapStatistics } from 'node:v8';
  console.log(heapLimitBytes() / 1024 / 1024, getHeapStatistics().heap_size_limit / 1024 / 1024);
`;

function limits(...flags: string[]): number[] {
  const args = [...flags, '--input-type=module', '--eval', program];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).split(' ').map(Number);
}

test('a small heap is full when old objects fill what they may take', () => {
  const [ours, ofV8] = limits('--max-semi-space-size=16', '--max-old-space-size=128');
  assert.equal(ours, 128);
  assert.ok((ofV8 ?? 0) > 140, `V8 says ${ofV8} MiB`);
});

test('without a flag it is what V8 says', () => {
  const [ours, ofV8] = limits();
  assert.equal(ours, ofV8);
});
