import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobs } from '../domain/job.ts';
import type { Job } from '../domain/job.ts';
import { workThrough } from './work-through.ts';
import type { OrderDesk, StepResult, Work } from './work-through.ts';

const [deliverLate] = jobs(1_000, 1_000) as [Job, Job];

/** A list of orders that leaves out what has been moved on, as order's does. */
function deskOf(ids: readonly string[], step: (id: string) => StepResult) {
  const left = new Set(ids);
  const asked: number[] = [];
  const desk: OrderDesk = {
    waiting: async (_state, _before, page, size) => {
      asked.push(page);
      return [...left].slice(page * size, (page + 1) * size);
    },
    deliver: async (id) => {
      const result = step(id);
      if (result === 'changed') left.delete(id);
      return result;
    },
    remove: () => Promise.reject(new Error('nobody asked for that')),
  };
  return { desk, left, asked };
}

function work(desk: OrderDesk, more: Partial<Work> = {}): Work {
  return {
    desk,
    now: new Date(10_000),
    changed: () => undefined,
    failed: () => undefined,
    signal: new AbortController().signal,
    limits: { pieceSize: 10, piecesMax: 20, lanes: 3 },
    ...more,
  };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index));

test('a list longer than a piece is worked off to its end', async () => {
  const { desk, left } = deskOf(numbered(73), () => 'changed');
  const pieces: number[] = [];
  const result = await workThrough(
    deliverLate,
    work(desk, { changed: (count) => pieces.push(count) }),
  );
  assert.deepEqual(result, { outcome: 'done', changed: 73, failed: 0 });
  assert.equal(left.size, 0);
  assert.deepEqual(pieces, [10, 10, 10, 10, 10, 10, 10, 3]);
});

test('orders that fail do not hold up those behind them, however many', async () => {
  const failed: string[] = [];
  const { desk, left } = deskOf(numbered(60), (id) => {
    if (Number(id) < 25) throw new Error('broken');
    return 'changed';
  });
  const result = await workThrough(deliverLate, work(desk, { failed: (id) => failed.push(id) }));
  assert.deepEqual(result, { outcome: 'partial', changed: 35, failed: 25 });
  assert.equal(left.size, 25);
  assert.equal(new Set(failed).size, failed.length, 'each is tried once in a run');
});

test('an order that a late replica still shows is passed over', async () => {
  const { desk } = deskOf(numbered(12), (id) => (id === '3' ? 'moved_on' : 'changed'));
  const result = await workThrough(deliverLate, work(desk));
  assert.deepEqual(result, { outcome: 'done', changed: 11, failed: 0 });
});

test('a run ends at its bound, and the next continues where it stopped', async () => {
  const { desk, left } = deskOf(numbered(30), () => 'changed');
  const limits = { pieceSize: 10, piecesMax: 2, lanes: 1 };
  assert.equal((await workThrough(deliverLate, work(desk, { limits }))).outcome, 'partial');
  assert.equal(left.size, 10);
  assert.equal((await workThrough(deliverLate, work(desk, { limits }))).outcome, 'done');
});

test('a run that is told to stop ends after the piece at hand', async () => {
  const stop = new AbortController();
  const { desk, left } = deskOf(numbered(30), () => 'changed');
  const changed = () => stop.abort();
  const result = await workThrough(deliverLate, work(desk, { changed, signal: stop.signal }));
  assert.equal(result.outcome, 'partial');
  assert.equal(left.size, 20);
});

test('a list that cannot be read fails the run', async () => {
  const { desk } = deskOf([], () => 'changed');
  const broken = { ...desk, waiting: () => Promise.reject(new Error('order is away')) };
  await assert.rejects(workThrough(deliverLate, work(broken)), /order is away/);
});
