import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ForgetfulFiles, openJournal } from './index.ts';
import type { FileLayer } from './index.ts';

const all = { bytesMax: 1 << 20, recordsMax: 1000 };
const noSpace = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

test('a full disk rejects appends; the journal goes on when there is room, and nothing of them remains', async () => {
  const files = new ForgetfulFiles();
  const options = { directory: '/journal', bytesMax: 1 << 20, files };
  const journal = await openJournal(options);
  await journal.append(Buffer.from('before'), 1);
  files.writeError = noSpace;
  for (let attempt = 0; attempt < 3; attempt++) {
    await assert.rejects(journal.append(Buffer.from('refused'), 1), {
      code: 'JOURNAL_WRITE_FAILED',
      cause: noSpace,
    });
  }
  files.writeError = undefined;
  assert.equal(await journal.append(Buffer.from('after'), 1), 2);
  const records = await journal.reader('store').read(all);
  assert.deepEqual(
    records.map(({ bytes }) => Buffer.from(bytes).toString()),
    ['before', 'after'],
  );
  await journal.close();
});

test('a record whose fdatasync failed is neither read nor found after a restart', async () => {
  const disk = new ForgetfulFiles();
  let failing = false;
  const files: FileLayer = {
    makeDirectory: () => disk.makeDirectory(),
    list: (directory) => disk.list(directory),
    remove: (path) => disk.remove(path),
    syncDirectory: (path) => disk.syncDirectory(path),
    async open(path) {
      const file = await disk.open(path);
      const fdatasync = (): Promise<void> =>
        failing ? Promise.reject(new Error('input/output error')) : file.fdatasync();
      return { ...file, fdatasync };
    },
  };
  const options = { directory: '/journal', bytesMax: 1 << 20, files };
  const journal = await openJournal(options);
  await journal.append(Buffer.from('before'), 1);
  failing = true;
  await assert.rejects(journal.append(Buffer.from('refused'), 1), { code: 'JOURNAL_WRITE_FAILED' });
  failing = false;
  assert.equal(await journal.append(Buffer.from('after'), 1), 2);
  await journal.close();

  const again = await openJournal(options);
  const records = await again.reader('store').read(all);
  assert.deepEqual(
    records.map(({ position, bytes }) => [position, Buffer.from(bytes).toString()]),
    [
      [1, 'before'],
      [2, 'after'],
    ],
  );
  await again.close();
});
