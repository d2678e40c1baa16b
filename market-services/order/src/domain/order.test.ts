import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askableStates, mayBecome, orderStates, stateAfter } from './order.ts';

test('a person may cancel until delivery and deliver what is shipped, nothing else', () => {
  const allowed = orderStates.flatMap((from) =>
    askableStates.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`),
  );
  assert.deepEqual(allowed, ['pending → canceled', 'shipped → delivered', 'shipped → canceled']);
});

test('only a reservation ships an order', () => {
  assert.equal(stateAfter('reserved'), 'shipped');
  assert.equal(stateAfter('out_of_stock'), 'canceled');
  assert.equal(stateAfter('unknown_product'), 'canceled');
});
