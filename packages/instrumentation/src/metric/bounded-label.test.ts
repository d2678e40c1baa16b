import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedLabel } from './bounded-label.ts';

test('the first values pass, later new ones become other', () => {
  const bounded = boundedLabel(2);
  assert.deepEqual(['a', 'b', 'c', 'a', 'd'].map(bounded), ['a', 'b', 'other', 'a', 'other']);
});
