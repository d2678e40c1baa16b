import type { Order } from '../domain/order.ts';

/** An order as callers see it, in JSON. */
export type OrderView = Omit<Order, 'orderDate'> & { readonly orderDate: string };

export function toOrderView(order: Order): OrderView {
  return { ...order, orderDate: order.orderDate.toISOString() };
}
