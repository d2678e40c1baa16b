import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../test/sink.ts';
import { BatchQueue, RejectedError } from './batch-queue.ts';
import type { BatchQueueOptions } from './batch-queue.ts';

/** A queue in front of a receiver that behaves as `receiver` says. */
function queueTo(
  receiver: (items: readonly number[]) => Promise<void>,
  options: Partial<BatchQueueOptions<number>> = {},
) {
  const arrived: number[] = [];
  const counts: Record<string, number> = {};
  const add = (key: string, count: number) => void (counts[key] = (counts[key] ?? 0) + count);
  const queue = new BatchQueue<number>({
    async send(items) {
      await receiver(items);
      arrived.push(...items);
    },
    itemsMax: 10,
    batchItemsMax: 4,
    delayMs: 5,
    retryMs: 20,
    sendTimeoutMs: 1000,
    onSent: (count) => add('sent', count),
    onDropped: (reason, count) => add(reason, count),
    ...options,
  });
  const pushAll = (first: number, last: number) => {
    for (let item = first; item <= last; item += 1) queue.push(item);
  };
  return { queue, arrived, counts, pushAll };
}

const works = async () => {};
const fails = () => Promise.reject(new Error('connection refused'));
const hangs = () => new Promise<void>(() => {});

test('items arrive in order and are counted', async () => {
  const { queue, arrived, counts, pushAll } = queueTo(works);
  pushAll(1, 10);
  assert.equal(await queue.flush(1000), true);
  assert.deepEqual(arrived, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(counts, { sent: 10 });
});

test('an absent receiver costs bounded memory and counted drops', async () => {
  const { queue, counts, pushAll } = queueTo(fails);
  pushAll(1, 5000);
  await sleep(50);
  pushAll(5001, 10_000);
  assert.equal(queue.size, 10);
  assert.deepEqual(counts, { queue_full: 9990 });
  await queue.close(100);
});

test('a failed batch is kept and arrives in order once the receiver is back', async () => {
  let absent = true;
  const { queue, arrived, counts, pushAll } = queueTo(() => (absent ? fails() : works()));
  pushAll(1, 9);
  await sleep(50);
  absent = false;
  await waitFor(() => arrived.length === 9);
  assert.deepEqual(arrived, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(counts, { sent: 9 });
  assert.equal(queue.size, 0);
});

test('refused items are counted and do not stand in the way of the next', async () => {
  const { queue, arrived, counts, pushAll } = queueTo((items) =>
    items.includes(1) ? Promise.reject(new RejectedError('400')) : works(),
  );
  pushAll(1, 6);
  await queue.flush(1000);
  assert.deepEqual(arrived, [5, 6]);
  assert.deepEqual(counts, { rejected: 4, sent: 2 });
});

test('a receiver that never answers is given up after the send timeout and tried again', async () => {
  let calls = 0;
  const receiver = () => (++calls === 1 ? hangs() : works());
  const { arrived, pushAll } = queueTo(receiver, { sendTimeoutMs: 30 });
  pushAll(1, 2);
  await waitFor(() => arrived.length === 2);
  assert.equal(calls, 2);
});

test('closing gives a failing receiver one more chance, then counts what is lost', async () => {
  const { queue, counts, pushAll } = queueTo(fails);
  pushAll(1, 3);
  await sleep(30);
  const started = performance.now();
  await queue.close(10_000);
  assert.ok(performance.now() - started < 5000);
  queue.push(4);
  assert.deepEqual(counts, { shutdown: 4 });
});

test('closing waits for the time limit at most', async () => {
  const { queue, counts, pushAll } = queueTo(hangs, { sendTimeoutMs: 60_000 });
  pushAll(1, 3);
  await queue.close(50);
  assert.deepEqual(counts, { shutdown: 3 });
});
