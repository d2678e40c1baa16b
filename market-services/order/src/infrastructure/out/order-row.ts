import { uuidFromBytes } from '@sprout/data';
import type { Statements } from '@sprout/data';
import { z } from 'zod';
import { orderStates } from '../../domain/order.ts';
import type { Order } from '../../domain/order.ts';

export const selectOrder =
  'SELECT id, account_id, product_id, price, quantity, order_date, order_state FROM orders';

/** The order with an id, locked against others when asked within a transaction that changes it. */
export async function findOrder(
  statements: Statements,
  id: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<Order | undefined> {
  const [row] = await statements.rows(`${selectOrder} WHERE id = ? ${lock}`, [BigInt(id)]);
  return row === undefined ? undefined : toOrder(row);
}

export function toOrder(row: unknown): Order {
  return rowSchema.parse(row);
}

const rowSchema = z
  .object({
    id: z.string(),
    account_id: z.instanceof(Buffer),
    product_id: z.string(),
    price: z.coerce.number(),
    quantity: z.number(),
    order_date: z.date(),
    order_state: z.enum(orderStates),
  })
  .transform((row): Order => ({
    id: row.id,
    accountId: uuidFromBytes(row.account_id),
    productId: row.product_id,
    price: row.price,
    quantity: row.quantity,
    orderDate: row.order_date,
    orderState: row.order_state,
  }));
