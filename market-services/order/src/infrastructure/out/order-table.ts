import { createHash } from 'node:crypto';
import { isDuplicate, uuidToBytes } from '@sprout/data';
import type { Pools, Statements } from '@sprout/data';
import { writeToOutbox } from '@sprout/queue';
import type { OutgoingEvent, Telemetry } from '@sprout/queue';
import type { OrderRepository, RequestKey, Step } from '../../domain/order-repository.ts';
import { mayBecome, OrderNotSettled } from '../../domain/order.ts';
import type { Order } from '../../domain/order.ts';
import { findOrder, selectOrder, toOrder } from './order-row.ts';
import { oweStock } from './stock-owed.ts';

/** Orders in MySQL: commands on the primary, queries on the replica. */
export function createOrderTable(
  { primary, replica }: Pools,
  telemetry: Telemetry,
): OrderRepository {
  return {
    place: async (order, key) => {
      const digest = key === undefined ? null : digestOf(key);
      try {
        await primary.transaction(async (statements) => {
          await insert(statements, order, digest);
          await writeToOutbox(statements, telemetry, orderCreated(order));
        });
        return order;
      } catch (error) {
        if (digest === null || !isDuplicate(error)) throw error;
        const [before] = await primary.rows(`${selectOrder} WHERE request_key = ?`, [digest]);
        // Deleted in between: the key is free again, and the caller may ask again.
        if (before === undefined) throw error;
        return toOrder(before);
      }
    },
    find: (id) => findOrder(replica, id),
    list: async (limit, offset) => {
      const sql = `${selectOrder} ORDER BY id DESC LIMIT ? OFFSET ?`;
      return (await replica.rows(sql, [limit, offset])).map((row) => toOrder(row));
    },
    listOf: async (accountId, limit, offset) => {
      const sql = `${selectOrder} WHERE account_id = ? ORDER BY id DESC LIMIT ? OFFSET ?`;
      const values = [uuidToBytes(accountId), limit, offset];
      return (await replica.rows(sql, values)).map((row) => toOrder(row));
    },
    listInState: async (state, before, limit, offset) => {
      const sql = `${selectOrder} WHERE order_state = ? AND state_since < ?
        ORDER BY state_since, id LIMIT ? OFFSET ?`;
      return (await replica.rows(sql, [state, before, limit, offset])).map((row) => toOrder(row));
    },
    move: (id, step, check) =>
      primary.transaction(async (statements) => {
        const order = await findOrder(statements, id, 'FOR UPDATE');
        if (order === undefined) return undefined;
        check(order);
        const { orderState: from } = order;
        if (!mayBecome(from, step.to)) throw new OrderNotSettled(id, from, step.to);
        await statements.change('UPDATE orders SET order_state = ?, state_since = ? WHERE id = ?', [
          step.to,
          step.at,
          BigInt(id),
        ]);
        if (step.to === 'canceled') await tellCancellation(statements, telemetry, order, step);
        return { order: { ...order, orderState: step.to }, from };
      }),
    remove: (id) =>
      primary.transaction(async (statements) => {
        const order = await findOrder(statements, id, 'FOR UPDATE');
        if (order === undefined) return false;
        if (order.orderState !== 'canceled') {
          throw new OrderNotSettled(id, order.orderState, 'deleted');
        }
        await statements.change('DELETE FROM orders WHERE id = ?', [BigInt(id)]);
        return true;
      }),
  };
}

/** Whether stock was taken only product knows: its answer to a pending order may be on the way. */
async function tellCancellation(
  statements: Statements,
  telemetry: Telemetry,
  { id, productId, quantity }: Order,
  { eventId, at }: Step,
): Promise<void> {
  await oweStock(statements, eventId, at);
  await writeToOutbox(statements, telemetry, {
    id: eventId,
    stream: 'orders',
    type: 'order.canceled',
    body: { orderId: id, productId, quantity },
    at,
  });
}

/** There is one such event per order, so the order's id is the event's too. */
function orderCreated({ id, productId, quantity, orderDate }: Order): OutgoingEvent {
  return {
    id,
    stream: 'orders',
    type: 'order.created',
    body: { orderId: id, productId, quantity },
    at: orderDate,
  };
}

function digestOf({ subject, key }: RequestKey): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([subject, key]))
    .digest();
}

async function insert(
  statements: Statements,
  order: Order,
  requestKey: Buffer | null,
): Promise<void> {
  await statements.change(
    `INSERT INTO orders (id, account_id, product_id, price, quantity, order_date, order_state,
      state_since, request_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      BigInt(order.id),
      uuidToBytes(order.accountId),
      BigInt(order.productId),
      order.price,
      order.quantity,
      order.orderDate,
      order.orderState,
      order.orderDate,
      requestKey,
    ],
  );
}
