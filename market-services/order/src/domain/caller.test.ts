import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roles } from '../../../src/roles.ts';
import { assertMayMove, assertMayPlace, assertSees } from './caller.ts';
import type { Caller } from './caller.ts';
import { askableStates } from './order.ts';
import type { Order } from './order.ts';

const mine = '0193a5b0-7c00-7000-8000-000000000001';
const other = '0193a5b0-7c00-7000-8000-000000000002';

function orderOf(accountId: string): Order {
  const orderDate = new Date(0);
  return {
    id: '1',
    accountId,
    productId: '2',
    price: 0,
    quantity: 1,
    orderDate,
    orderState: 'shipped',
  };
}

function may(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** What a role may do to an order. */
function rights(caller: Caller, order: Order): string[] {
  return [
    ...(may(() => assertSees(caller, order)) ? ['see'] : []),
    ...(may(() => assertMayPlace(caller, order)) ? ['place'] : []),
    ...askableStates.filter((to) => may(() => assertMayMove(caller, order, to))),
  ];
}

test('each role has the rights that the table in the README says, and no more', () => {
  const table = roles.map((role) => {
    const caller = { roles: [role], subject: mine };
    return [role, rights(caller, orderOf(mine)), rights(caller, orderOf(other))];
  });
  assert.deepEqual(table, [
    ['customer', ['see', 'place', 'canceled'], []],
    ['seller', ['see', 'delivered'], ['see', 'delivered']],
    [
      'operator',
      ['see', 'place', 'delivered', 'canceled'],
      ['see', 'place', 'delivered', 'canceled'],
    ],
  ]);
});

test('nobody in particular may do nothing, also to orders of an empty account', () => {
  assert.deepEqual(rights({ roles: [], subject: '' }, orderOf('')), []);
  assert.deepEqual(rights({ roles: [], subject: mine }, orderOf(mine)), []);
});

test('an account is the same in capitals', () => {
  const caller: Caller = { roles: ['customer'], subject: mine.toUpperCase() };
  assert.deepEqual(rights(caller, orderOf(mine)), ['see', 'place', 'canceled']);
});
