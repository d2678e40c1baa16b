import type { Migration } from '@sprout/data';
import { inboxMigration, outboxMigration } from '@sprout/queue';
import { stockOwedMigration } from './stock-owed.ts';

/** The schema of database `market_order`. */
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
  stockOwedMigration,
  {
    // Orders from before have been in their state since now, as far as anybody can tell.
    id: '002-state-since',
    sql: `ALTER TABLE orders
      ADD COLUMN state_since DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      ADD KEY state_age (order_state, state_since, id)`,
  },
  {
    id: '003-orders-of-an-account',
    sql: 'ALTER TABLE orders ADD KEY of_account (account_id, id)',
  },
  {
    // A digest of who asked and their Idempotency-Key: forgotten with the order.
    id: '004-request-keys',
    sql: 'ALTER TABLE orders ADD COLUMN request_key BINARY(32), ADD UNIQUE KEY request_key (request_key)',
  },
];
