import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openJournal } from '@sprout/journal';
import { createLogger } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { startConsumer } from './consumer.ts';

test('a backlog is taken without a pause, small records gather', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-consumer-'));
  const journal = await openJournal({ directory, bytesMax: 1_000_000 });
  const batches: number[] = [];
  for (let index = 0; index < 10; index++) await journal.append(Buffer.alloc(900), 1);
  const consumer = startConsumer({
    name: 'test',
    journal,
    logger: createLogger('test'),
    batchBytesMax: 1000,
    batchRecordsMax: 100,
    lingerMs: 300_000,
    drainMsMax: 0,
    handle: (records) => {
      batches.push(records.length);
      return { delivered: records.length, dropped: {} };
    },
  });
  t.after(async () => {
    await consumer.settle();
    await journal.close();
    await consumer.done;
    rmSync(directory, { recursive: true });
  });
  await eventually('the backlog is taken', () => batches.length === 10);
  await journal.append(Buffer.alloc(100), 1);
  await eventually('a small batch is taken', () => batches.length === 11);
  await journal.append(Buffer.alloc(100), 1);
  await sleep(100);
  assert.equal(batches.length, 11, 'the next small one waits for more');
});
