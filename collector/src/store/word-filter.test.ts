import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certainWords, mayHold, wordFilterOf } from './word-filter.ts';

test('a filter knows the words of its lines and hardly any other', () => {
  const words = Array.from({ length: 1000 }, (_, index) => `word${index}`);
  const filter = wordFilterOf(words.map((word) => `line with ${word}!`));
  assert.ok(words.every((word) => mayHold(filter, [word])));
  const wrong = words.filter((word) => mayHold(filter, [`absent${word}`])).length;
  assert.ok(wrong < 60, `${wrong} of 1000`);
});

test('only words inside a text are certain, because its ends may be cut', () => {
  assert.deepEqual(certainWords('rder 12 rejected b'), ['rejected']);
  assert.deepEqual(certainWords('needle'), []);
  assert.deepEqual(certainWords(' needle '), ['needle']);
  assert.deepEqual(certainWords('"order":"Größe",'), ['order', 'größe']);
});

test('a filter of no words holds none', () => {
  assert.equal(mayHold(wordFilterOf([]), ['word']), false);
});
