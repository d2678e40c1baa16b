import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { openJournal } from './index.ts';

const all = { bytesMax: 1 << 20, recordsMax: 1000 };

async function temporaryDirectory(context: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'journal-'));
  context.after(() => rm(directory, { recursive: true }));
  return directory;
}

test('a reader gets what was appended, in order, and goes on after its last commit', async (context) => {
  const directory = await temporaryDirectory(context);
  const journal = await openJournal({ directory, bytesMax: 1 << 20 });
  const positions = await Promise.all(
    ['a', 'b', 'c'].map((text) => journal.append(Buffer.from(text), 10)),
  );
  assert.deepEqual(positions, [1, 2, 3]);
  const records = await journal.reader('store').read(all);
  assert.equal(records.map(({ bytes }) => Buffer.from(bytes).toString()).join(''), 'abc');
  await journal.reader('store').commit(2, { delivered: 15, dropped: { invalid: 5 } });
  await journal.close();

  const again = await openJournal({ directory, bytesMax: 1 << 20 });
  assert.deepEqual(again.stats().consumers['store'], {
    position: 2,
    received: 30,
    delivered: 15,
    queued: 10,
    queuedBytes: 41,
    oldestQueuedAgeMs: again.stats().consumers['store']?.oldestQueuedAgeMs,
    dropped: { invalid: 5 },
  });
  const rest = await again.reader('store').read(all);
  assert.deepEqual(
    rest.map(({ position }) => position),
    [3],
  );
  await again.close();
});
