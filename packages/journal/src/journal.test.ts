import assert from 'node:assert/strict';
import { mkdtemp, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { JournalError, JournalFullError, nodeFiles, openJournal } from './index.ts';
import type { FileLayer, Journal, JournalReader, JournalRecord } from './index.ts';
import { headerBytes } from './record/record.ts';

const all = { bytesMax: 1 << 20, recordsMax: 1000 };
const bytesMax = 1 << 20;

async function temporaryDirectory(context: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'journal-'));
  context.after(() => rm(directory, { recursive: true }));
  return directory;
}

async function segmentFiles(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.segment'));
  return names.sort().map((name) => join(directory, name));
}

async function appendTexts(journal: Journal, ...texts: string[]): Promise<number[]> {
  return Promise.all(texts.map((text) => journal.append(Buffer.from(text), 10)));
}

function texts(records: readonly JournalRecord[]): string[] {
  return records.map(({ bytes }) => Buffer.from(bytes).toString());
}

async function deliverAll(reader: JournalReader): Promise<void> {
  const records = await reader.read(all);
  const delivered = records.reduce((sum, { items }) => sum + items, 0);
  await reader.commit(records.at(-1)?.position ?? 0, { delivered });
}

async function overwrite(path: string, offset: number, text: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(text, offset);
  await file.close();
}

test('a reader gets what was appended, in order, and goes on after its last commit', async (context) => {
  const directory = await temporaryDirectory(context);
  const journal = await openJournal({ directory, bytesMax });
  assert.deepEqual(await appendTexts(journal, 'a', 'b', 'c'), [1, 2, 3]);
  const reader = journal.reader('store');
  assert.deepEqual(texts(await reader.read(all)), ['a', 'b', 'c']);
  await reader.commit(2, { delivered: 15, dropped: { invalid: 5 } });
  await journal.close();

  const again = await openJournal({ directory, bytesMax });
  const { oldestQueuedAgeMs, ...ledger } = again.stats().consumers['store'] ?? {};
  assert.ok(Number(oldestQueuedAgeMs) >= 0);
  assert.deepEqual(ledger, {
    position: 2,
    received: 30,
    delivered: 15,
    queued: 10,
    queuedBytes: headerBytes + 1,
    dropped: { invalid: 5 },
  });
  assert.deepEqual(texts(await again.reader('store').read(all)), ['c']);
  await again.close();
});

test('appends that wait together share one fdatasync', async (context) => {
  const directory = await temporaryDirectory(context);
  let syncs = 0;
  const files: FileLayer = {
    ...nodeFiles,
    async open(path) {
      const file = await nodeFiles.open(path);
      const fdatasync = async (): Promise<void> => {
        syncs++;
        await file.fdatasync();
      };
      return { ...file, fdatasync };
    },
  };
  const journal = await openJournal({ directory, bytesMax, files });
  syncs = 0;
  await Promise.all(Array.from({ length: 500 }, () => journal.append(Buffer.alloc(100), 1)));
  assert.ok(syncs <= 2, `${syncs} syncs for 500 appends`);
  await journal.close();
});

test('a read waits for the next append, and ends with [] when the journal closes', async (context) => {
  const journal = await openJournal({ directory: await temporaryDirectory(context), bytesMax });
  const reader = journal.reader('store');
  const waiting = reader.read(all);
  await appendTexts(journal, 'late');
  assert.deepEqual(texts(await waiting), ['late']);
  const forever = reader.read(all);
  await journal.close();
  assert.deepEqual(await forever, []);
  await assert.rejects(journal.append(Buffer.from('x'), 1), { code: 'JOURNAL_CLOSED' });
});

test('a read keeps to its limits, and returns a larger record alone', async (context) => {
  const journal = await openJournal({ directory: await temporaryDirectory(context), bytesMax });
  await appendTexts(journal, 'aaaa', 'bbbb', 'cccccccccc', 'd');
  const reader = journal.reader('store');
  const limit = { bytesMax: 8, recordsMax: 10 };
  assert.deepEqual(texts(await reader.read(limit)), ['aaaa', 'bbbb']);
  assert.deepEqual(texts(await reader.read(limit)), ['cccccccccc']);
  assert.deepEqual(texts(await reader.read({ bytesMax: 8, recordsMax: 1 })), ['d']);
  await journal.close();
});

test('an outcome that does not account for every item is refused and changes nothing', async (context) => {
  const journal = await openJournal({ directory: await temporaryDirectory(context), bytesMax });
  await appendTexts(journal, 'a', 'b');
  const reader = journal.reader('store');
  await assert.rejects(reader.commit(1, { delivered: 10 }), { code: 'JOURNAL_OUTCOME' });
  await reader.read(all);
  await assert.rejects(reader.commit(2, { delivered: 19 }), { code: 'JOURNAL_OUTCOME' });
  await assert.rejects(reader.commit(3, { delivered: 20 }), { code: 'JOURNAL_OUTCOME' });
  assert.equal(journal.stats().consumers['store']?.queued, 20);
  await reader.commit(2, { delivered: 20 });
  await reader.commit(2, { delivered: 20 });
  assert.equal(journal.stats().consumers['store']?.delivered, 20);
  await journal.close();
});

test('a segment is deleted when every consumer has passed it, not before', async (context) => {
  const directory = await temporaryDirectory(context);
  const journal = await openJournal({ directory, bytesMax, segmentBytesMax: 100 });
  const [fast, slow] = [journal.reader('fast'), journal.reader('slow')];
  for (let count = 0; count < 6; count++) await journal.append(Buffer.alloc(50), 1);
  assert.equal(journal.stats().segments, 3);
  await deliverAll(fast);
  assert.equal(journal.stats().segments, 3);
  await deliverAll(slow);
  assert.equal(journal.stats().segments, 1);
  assert.equal((await segmentFiles(directory)).length, 1);
  await journal.close();
});

test('a full journal refuses appends and takes them again when its consumers have caught up', async (context) => {
  const directory = await temporaryDirectory(context);
  const journal = await openJournal({ directory, bytesMax: 4000 });
  const reader = journal.reader('store');
  const refused = async (): Promise<void> => {
    for (;;) await journal.append(Buffer.alloc(400), 1);
  };
  await assert.rejects(refused(), JournalFullError);
  assert.ok(journal.stats().bytes <= 4000);
  await deliverAll(reader);
  await journal.append(Buffer.alloc(400), 1);
  await journal.close();
});

test('a full journal may drop its oldest segment instead, and counts each item', async (context) => {
  const drops: string[] = [];
  const journal = await openJournal({
    directory: await temporaryDirectory(context),
    bytesMax: 4000,
    drop: { oldestWhenFull: true },
    onDrop: ({ consumer, items, reason }) => drops.push(`${consumer} ${items} ${reason}`),
  });
  const reader = journal.reader('store');
  await journal.append(Buffer.alloc(400), 2);
  await journal.append(Buffer.alloc(400), 2);
  const before = await reader.read(all);
  for (let count = 0; count < 18; count++) await journal.append(Buffer.alloc(400), 2);
  const dropped = journal.stats().consumers['store']?.dropped['size'] ?? 0;
  assert.ok(dropped >= 20, `${dropped} items dropped`);
  assert.ok(drops.every((drop) => /^store \d+ size$/.test(drop)));
  // What the reader had in its hands was counted as dropped: its commit must not count it again.
  await reader.commit(before.at(-1)?.position ?? 0, { delivered: 4 });
  await deliverAll(reader);
  const ledger = journal.stats().consumers['store'];
  assert.deepEqual(ledger?.dropped, { size: dropped });
  assert.equal(ledger?.delivered, 40 - dropped);
  assert.equal(ledger?.queued, 0);
  await journal.close();
});

test('records older than the limit are dropped with the reason age', async (context) => {
  let now = 1_000_000;
  const journal = await openJournal({
    directory: await temporaryDirectory(context),
    bytesMax,
    drop: { ageMaxMs: 8000 },
    now: () => now,
  });
  const reader = journal.reader('store');
  await appendTexts(journal, 'old');
  now += 7500;
  await appendTexts(journal, 'young');
  now += 7000;
  await appendTexts(journal, 'new');
  assert.deepEqual(texts(await reader.read(all)), ['young', 'new']);
  assert.deepEqual(journal.stats().consumers['store']?.dropped, { age: 10 });
  await journal.close();
});

test('a torn tail is cut off when the journal is opened', async (context) => {
  const directory = await temporaryDirectory(context);
  const journal = await openJournal({ directory, bytesMax });
  await appendTexts(journal, 'whole', 'torn');
  await journal.close();
  const [path = ''] = await segmentFiles(directory);
  await truncate(path, (await stat(path)).size - 1);

  const again = await openJournal({ directory, bytesMax });
  assert.equal(again.stats().truncatedBytes, headerBytes + 3);
  assert.deepEqual(await appendTexts(again, 'next'), [2]);
  assert.deepEqual(texts(await again.reader('store').read(all)), ['whole', 'next']);
  await again.close();
});

test('a corrupt record is skipped and its items are counted, at the start, inside and at the end', async (context) => {
  const directory = await temporaryDirectory(context);
  const journal = await openJournal({
    directory,
    bytesMax,
    segmentBytesMax: 3 * (headerBytes + 4),
  });
  journal.reader('store');
  for (const text of ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee', 'ffff', 'gggg', 'hhhh']) {
    await appendTexts(journal, text);
  }
  await journal.close();
  const [first = '', second = ''] = await segmentFiles(directory);
  await overwrite(first, 0, 'XXXX');
  await overwrite(second, headerBytes + 4 + headerBytes, 'XXXX');
  await overwrite(second, 2 * (headerBytes + 4) + 9, 'X');

  const again = await openJournal({ directory, bytesMax });
  const reader = again.reader('store');
  assert.deepEqual(texts(await reader.read(all)), ['bbbb', 'cccc', 'dddd', 'gggg', 'hhhh']);
  await reader.commit(4, { delivered: 30 });
  assert.deepEqual(again.stats().consumers['store']?.dropped, { corrupt: 30 });
  await reader.commit(8, { delivered: 20 });
  const ledger = again.stats().consumers['store'];
  assert.deepEqual([ledger?.received, ledger?.delivered, ledger?.queued], [80, 50, 0]);
  await again.close();
});

test('positions go on behind the furthest cursor when the tail of the log is gone', async (context) => {
  const directory = await temporaryDirectory(context);
  const journal = await openJournal({ directory, bytesMax });
  const [ahead] = [journal.reader('ahead'), journal.reader('behind')];
  await appendTexts(journal, 'a', 'b', 'c');
  await deliverAll(ahead);
  await journal.close();
  const [path = ''] = await segmentFiles(directory);
  await truncate(path, headerBytes + 1);

  const again = await openJournal({ directory, bytesMax });
  assert.deepEqual(await appendTexts(again, 'd'), [4]);
  assert.deepEqual(texts(await again.reader('ahead').read(all)), ['d']);
  assert.deepEqual(texts(await again.reader('behind').read(all)), ['a', 'd']);
  await again.reader('behind').commit(4, { delivered: 20 });
  assert.deepEqual(again.stats().consumers['behind']?.dropped, { corrupt: 20 });
  await again.close();
});

test('consumer names that would not be safe file names are refused', async (context) => {
  const journal = await openJournal({ directory: await temporaryDirectory(context), bytesMax });
  assert.throws(() => journal.reader('../store'), JournalError);
  await journal.close();
});
