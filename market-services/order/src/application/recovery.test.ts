import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRecovery } from './recovery.ts';

const second = 1_000;

/** A queue on a clock of its own: product answers so many a second, in turn. */
function slowProduct({ perSecond }: { readonly perSecond: number }) {
  let nowMs = 0;
  let id = 0;
  const open = new Map<number, { readonly sinceMs: number; askedMs: number }>();
  const queue: ({ readonly question: number } | { readonly marker: Date })[] = [];
  const counts = { asked: 0, repeated: 0, markers: 0 };
  const recovery = createRecovery(
    {
      anySince: async (before) =>
        [...open.values()].some(({ sinceMs }) => sinceMs < before.getTime()),
      sendMarker: async (sentAt) => {
        queue.push({ marker: sentAt });
        counts.markers += 1;
      },
      askAgain: async (before) => {
        const lost = [...open].filter(([, { askedMs }]) => askedMs < before.getTime());
        for (const [question, state] of lost) {
          state.askedMs = nowMs;
          queue.push({ question });
        }
        counts.repeated += lost.length;
        return lost.length;
      },
    },
    () => new Date(nowMs),
  );
  return {
    counts,
    open,
    queue,
    ask: (questions: number) => {
      for (let i = 0; i < questions; i += 1) {
        open.set((id += 1), { sinceMs: nowMs, askedMs: nowMs });
        queue.push({ question: id });
      }
      counts.asked += questions;
    },
    pass: async (seconds: number, { answers = true } = {}) => {
      for (let i = 0; i < seconds; i += 1) {
        nowMs += second;
        await recovery.look();
        for (const next of answers ? queue.splice(0, perSecond) : []) {
          if ('marker' in next) await recovery.markerIsBack(next.marker);
          else open.delete(next.question);
        }
      }
    },
  };
}

test('orders that only queue, for minutes, are never asked about again', async () => {
  const product = slowProduct({ perSecond: 20 });
  product.ask(4_000);
  await product.pass(210);
  assert.equal(product.open.size, 0);
  assert.equal(product.counts.repeated, 0);
});

test('a product that is silent for ten minutes finds one marker every 5 s, and no repetition', async () => {
  const product = slowProduct({ perSecond: 100 });
  product.ask(3_000);
  await product.pass(600, { answers: false });
  assert.equal(product.counts.markers, 119);
  assert.equal(product.queue.length, 3_000 + 119);
  await product.pass(60);
  assert.deepEqual([product.open.size, product.counts.repeated], [0, 0]);
});

test('what a queue forgot is asked again once, and what came after it is not', async () => {
  const product = slowProduct({ perSecond: 50 });
  product.ask(500);
  await product.pass(2);
  const lost = product.queue.splice(0, 300).length;
  product.ask(100);
  await product.pass(30);
  assert.equal(product.open.size, 0);
  assert.equal(product.counts.repeated, lost);
});

test('a marker that was lost, and a question that was lost twice, delay by seconds', async () => {
  const product = slowProduct({ perSecond: 50 });
  product.ask(50);
  product.queue.length = 0;
  await product.pass(6, { answers: false });
  assert.equal(product.counts.markers, 1);
  product.queue.length = 0;
  await product.pass(6, { answers: false });
  await product.pass(1);
  assert.equal(product.counts.repeated, 50);
  product.queue.length = 0;
  await product.pass(15);
  assert.equal(product.open.size, 0);
});
