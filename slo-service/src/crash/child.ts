import assert from 'node:assert/strict';
import { writeSync } from 'node:fs';
import { openStoresIn } from './kill.ts';
import { runWorkload } from './workload.ts';

// The process a kill round kills: tells each promise on standard output, synchronously.
const [directory] = process.argv.slice(2);
assert.ok(directory, 'usage: child.ts DIRECTORY');
await runWorkload(await openStoresIn(directory), Math.random, {
  final: (number) => writeSync(1, `final ${number} .\n`),
  kept: (what, id) => writeSync(1, `${what} ${id} .\n`),
});
