import { uuidToBytes } from '@sprout/data';
import type { Migration, Pools, Statements } from '@sprout/data';
import { inboxMigration, outboxMigration, writeToOutbox } from '@sprout/queue';
import type { OutgoingEvent, Telemetry } from '@sprout/queue';
import type { OrderRepository } from '../../domain/order-repository.ts';
import { mayBecome, OrderNotSettled } from '../../domain/order.ts';
import type { Order } from '../../domain/order.ts';
import { findOrder, selectOrder, toOrder } from './order-row.ts';

export const orderMigrations: readonly Migration[] = [
  {
    id: '001-orders',
    sql: `CREATE TABLE IF NOT EXISTS orders (
      id BIGINT PRIMARY KEY,
      account_id BINARY(16) NOT NULL,
      product_id BIGINT NOT NULL,
      price BIGINT NOT NULL CHECK (price >= 0),
      quantity INT NOT NULL CHECK (quantity >= 0),
      order_date DATETIME(3) NOT NULL,
      order_state ENUM('canceled', 'delivered', 'pending', 'shipped') NOT NULL,
      KEY state (order_state, id))`,
  },
  outboxMigration,
  inboxMigration,
];

/** Orders in MySQL: commands on the primary, queries on the replica. */
export function createOrderTable(
  { primary, replica }: Pools,
  telemetry: Telemetry,
): OrderRepository {
  return {
    place: (order) =>
      primary.transaction(async (statements) => {
        await insert(statements, order);
        await writeToOutbox(statements, telemetry, orderCreated(order));
      }),
    find: (id) => findOrder(replica, id),
    list: async (limit, offset) => {
      const sql = `${selectOrder} ORDER BY id DESC LIMIT ? OFFSET ?`;
      return (await replica.rows(sql, [limit, offset])).map((row) => toOrder(row));
    },
    move: (id, to) =>
      primary.transaction(async (statements) => {
        const order = await findOrder(statements, id, 'FOR UPDATE');
        if (order === undefined) return undefined;
        if (!mayBecome(order.orderState, to)) throw new OrderNotSettled(id, order.orderState, to);
        await statements.change('UPDATE orders SET order_state = ? WHERE id = ?', [to, BigInt(id)]);
        return { ...order, orderState: to };
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

async function insert(statements: Statements, order: Order): Promise<void> {
  await statements.change('INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?)', [
    BigInt(order.id),
    uuidToBytes(order.accountId),
    BigInt(order.productId),
    order.price,
    order.quantity,
    order.orderDate,
    order.orderState,
  ]);
}
