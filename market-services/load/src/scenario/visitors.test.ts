import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../traffic/random.ts';
import { startVisitors } from './visitors.ts';

/** What each of five visitors drew for his requests, of a shop that answers when it likes. */
async function drawnWith(seed: number): Promise<number[][]> {
  const drawn: number[][] = [];
  const client = {
    send: async () => {
      await sleep(Math.random() * 10);
      return { outcome: 'ok' as const, status: 200, body: '' };
    },
    close: () => undefined,
  };
  const planner = (random: () => number) => {
    const own: number[] = [];
    drawn.push(own);
    return () => {
      own.push(random());
      return { method: 'GET' as const, path: '/' };
    };
  };
  const visitors = { count: 5, thinkMs: [1, 10] } as const;
  const random = seededRandom(seed);
  const observe = () => undefined;
  await startVisitors({ client, visitors, durationMs: 400, planner, random, observe }).done;
  return drawn;
}

test('each visitor does the same again, however long answers take', async () => {
  const [once, again, other] = await Promise.all([drawnWith(1), drawnWith(1), drawnWith(2)]);
  const first = (walks: number[][]) => walks.map((walk) => walk.slice(0, 5));
  assert.ok(first(once).every((walk) => walk.length === 5));
  assert.deepEqual(first(again), first(once));
  assert.notDeepEqual(first(other), first(once));
  assert.equal(new Set(once.map(([draw]) => draw)).size, 5, 'and no two do alike');
});
