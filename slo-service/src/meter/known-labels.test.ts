import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownLabels } from './known-labels.ts';

const answerOf = (...parts: readonly number[]) =>
  parts.map((part) => ({ __name__: 'requests_total', part: String(part) }));

test('a series keeps its label set while others vanish, come and come back', () => {
  const known = knownLabels();
  const first = known(answerOf(1, 2, 3));
  const second = known(answerOf(1, 3, 4));
  assert.deepEqual(second, answerOf(1, 3, 4));
  assert.ok(second[0] === first[0] && second[1] === first[2]);
  const third = known(answerOf(1, 2, 3, 4));
  assert.deepEqual(third, answerOf(1, 2, 3, 4));
  assert.ok(third[0] === first[0] && third[2] === first[2] && third[3] === second[2]);
});

test('label sets that differ in one value or one name are never taken for each other', () => {
  const known = knownLabels();
  known([{ a: '1', b: '2' }]);
  for (const other of [
    { a: '1', b: '3' },
    { a: '1' },
    { a: '1', b: '2', c: '' },
    { a: '1', c: '2' },
  ]) {
    assert.deepEqual(known([other]), [other]);
  }
});

test('any order of series is answered as it is', () => {
  const known = knownLabels();
  known(answerOf(1, 2, 3));
  assert.deepEqual(known(answerOf(3, 2, 1)), answerOf(3, 2, 1));
});
