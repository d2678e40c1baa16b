import type { Database, Migration, Statements } from '@sprout/data';
import { handleOnce } from '@sprout/queue';
import type { Handled } from '@sprout/queue';

/** Cancellations that product has not confirmed yet; nearly always empty. */
export const stockOwedMigration: Migration = {
  id: '003-stock-owed',
  sql: `CREATE TABLE IF NOT EXISTS stock_owed (
    event_id BIGINT PRIMARY KEY,
    canceled_at DATETIME(3) NOT NULL,
    KEY canceled (canceled_at))`,
};

/** Notes, in the transaction of a cancellation, that its stock has not come back. */
export async function oweStock(
  statements: Statements,
  eventId: string,
  canceledAt: Date,
): Promise<void> {
  await statements.change('INSERT INTO stock_owed VALUES (?, ?)', [BigInt(eventId), canceledAt]);
}

/** Product has settled a cancellation; its answer carries the id of the event it answers. */
export function stockIsBack(database: Database, eventId: string): Promise<Handled> {
  return handleOnce(database, eventId, async (statements) => {
    await statements.change('DELETE FROM stock_owed WHERE event_id = ?', [BigInt(eventId)]);
  });
}
