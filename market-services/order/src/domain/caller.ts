import type { Role } from '../../../src/roles.ts';
import { OrderForbidden, OrderNotFound } from './order.ts';
import type { AskableState, Order } from './order.ts';

/** Who asks for something to be done with orders. */
export interface Caller {
  readonly roles: readonly Role[];
  /** Of a customer, the id of their account. */
  readonly subject: string;
}

/** Whether all orders are there for them, and not only their own. */
export function seesAll({ roles }: Caller): boolean {
  return roles.includes('operator') || roles.includes('seller');
}

/** Throws OrderNotFound for an order of somebody else's: nobody learns that it exists. */
export function assertSees(caller: Caller, order: Order): void {
  if (!seesAll(caller) && !isOwn(caller, order)) throw new OrderNotFound(order.id);
}

/** Throws OrderForbidden when somebody orders in another's name. */
export function assertMayPlace(caller: Caller, request: Pick<Order, 'accountId'>): void {
  if (caller.roles.includes('operator') || isOwn(caller, request)) return;
  throw new OrderForbidden('customers order for their own account');
}

/** Sellers deliver, customers call off what they ordered, operators do both. */
export function assertMayMove(caller: Caller, order: Order, to: AskableState): void {
  assertSees(caller, order);
  const may = to === 'delivered' ? caller.roles.includes('seller') : isOwn(caller, order);
  if (may || caller.roles.includes('operator')) return;
  throw new OrderForbidden(
    to === 'delivered' ? 'sellers deliver orders' : 'customers call off their own orders',
  );
}

/** Throws OrderForbidden for who is to see their own orders only. */
export function assertSeesAll(caller: Caller): void {
  if (!seesAll(caller)) throw new OrderForbidden('the orders in a state are for sellers');
}

function isOwn({ roles, subject }: Caller, { accountId }: Pick<Order, 'accountId'>): boolean {
  return roles.includes('customer') && subject.toLowerCase() === accountId.toLowerCase();
}
