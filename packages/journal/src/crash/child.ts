import assert from 'node:assert/strict';
import { writeSync } from 'node:fs';
import { openJournal } from '../journal.ts';
import { crashJournal, runWorkload } from './workload.ts';

// The process a kill round kills: tells each promise of the journal on standard output, synchronously.
const [directory, firstId] = process.argv.slice(2);
assert.ok(directory, 'usage: child.ts DIRECTORY FIRST_ID');
const journal = await openJournal({ directory, ...crashJournal });
journal.reader('audit');
await runWorkload(journal, Number(firstId), Math.random, {
  acknowledged: (id, position) => writeSync(1, `acknowledged ${id} ${position} .\n`),
  committed: (position) => writeSync(1, `committed ${position} .\n`),
});
