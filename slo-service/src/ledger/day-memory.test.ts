import assert from 'node:assert/strict';
import { it } from 'node:test';
import { dayMemory } from './day-memory.ts';
import { dayRow, emptyDaySum } from './day-row.ts';

/** A ledger of objectives with `days` days each, and what was read of it. */
function stored(days: number) {
  const read: string[] = [];
  const list = Array.from({ length: days }, (_, day) => ({ day, sum: emptyDaySum() }));
  const source = {
    readSums: (objective: string) => {
      read.push(objective);
      return [...list];
    },
    readRow: (objective: string, day: number) => {
      read.push(`${objective} ${day}`);
      return dayRow();
    },
  };
  const memory = dayMemory(source, { sumsMax: 10, rowsMax: 3 });
  return { memory, read };
}

it('reads roll-ups once and takes in what is written, in its place', () => {
  const { memory, read } = stored(0);
  assert.deepEqual(memory.sumsOf('a'), []);
  for (const day of [7, 3, 9, 7]) memory.written('a', { day, sum: emptyDaySum() });
  assert.deepEqual(
    memory.sumsOf('a').map(({ day }) => day),
    [3, 7, 9],
  );
  assert.deepEqual(read, ['a']);
});

it('reads a day again when it was written', () => {
  const { memory, read } = stored(1);
  memory.rowOf('a', 1);
  memory.rowOf('a', 1);
  memory.written('a', { day: 1, sum: emptyDaySum() });
  memory.rowOf('a', 1);
  assert.deepEqual(read, ['a 1', 'a 1']);
});

it('forgets the day that was read least recently', () => {
  const { memory, read } = stored(1);
  for (const day of [0, 1, 2, 0, 3, 0, 1]) memory.rowOf('a', day);
  assert.deepEqual(read, ['a 0', 'a 1', 'a 2', 'a 3', 'a 1']);
});

it('forgets the objective that was read least recently, never the one that is read', () => {
  const { memory, read } = stored(5);
  for (const objective of ['a', 'b', 'a', 'c', 'a', 'c', 'b']) memory.sumsOf(objective);
  assert.deepEqual(read, ['a', 'b', 'c', 'b']);
  const huge = stored(11);
  for (const objective of ['a', 'a']) huge.memory.sumsOf(objective);
  assert.deepEqual(huge.read, ['a']);
});
