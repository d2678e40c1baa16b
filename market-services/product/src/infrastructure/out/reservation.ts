import type { Migration, Statements } from '@sprout/data';
import { z } from 'zod';

/** What became of an order here; `canceled` covers those that never took anything. */
export type ReservationState = 'open' | 'reserved' | 'rejected' | 'released' | 'canceled';

export const reservationMigrations: readonly Migration[] = [
  {
    id: '002-reservation',
    sql: `CREATE TABLE IF NOT EXISTS reservation (
      order_id BIGINT PRIMARY KEY,
      state ENUM('open', 'reserved', 'rejected', 'released', 'canceled') NOT NULL,
      changed_at DATETIME(3) NOT NULL)`,
  },
  {
    // Orders answered before there were reservations; the outbox remembers a day of them.
    id: '003-reservations-of-before',
    sql: `INSERT IGNORE INTO reservation
      SELECT id, IF(type = 'stock.reserved', 'reserved', 'rejected'), created_at FROM outbox`,
  },
];

/**
 * The state of an order's reservation, made `open` when there is none and locked until the end of
 * the transaction, so that a check and a cancellation that meet come one after the other.
 */
export async function lockReservation(
  statements: Statements,
  orderId: string,
  at: Date,
): Promise<ReservationState> {
  // Unlike INSERT IGNORE this waits with an exclusive lock, so two who meet cannot deadlock.
  await statements.change(
    `INSERT INTO reservation VALUES (?, 'open', ?) ON DUPLICATE KEY UPDATE order_id = order_id`,
    [BigInt(orderId), at],
  );
  const sql = 'SELECT state FROM reservation WHERE order_id = ? FOR UPDATE';
  const [row] = await statements.rows(sql, [BigInt(orderId)]);
  return rowSchema.parse(row).state;
}

export async function setReservation(
  statements: Statements,
  orderId: string,
  state: ReservationState,
  at: Date,
): Promise<void> {
  await statements.change('UPDATE reservation SET state = ?, changed_at = ? WHERE order_id = ?', [
    state,
    at,
    BigInt(orderId),
  ]);
}

const rowSchema = z.object({
  state: z.enum(['open', 'reserved', 'rejected', 'released', 'canceled']),
});
