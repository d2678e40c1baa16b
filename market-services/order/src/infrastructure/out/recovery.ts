import type { Database } from '@sprout/data';
import { publishAgain } from '@sprout/queue';
import type { Logger } from '@sprout/process';

/** Three times what an order may take; whoever waits longer has been forgotten. */
const pendingMsMax = 15_000;
const lookEveryMs = 5_000;
const ordersMax = 500;

/**
 * Looks for orders that stay pending and asks the stock check again, with the same event: a queue
 * that lost its memory loses no order. Repeated questions have no effect, the inboxes see to that.
 */
export function startRecovery(
  database: Database,
  logger: Pick<Logger, 'info' | 'debug'>,
  eventWaits: () => void,
): { stop(): void } {
  const look = async () => {
    try {
      const asked = await askAgain(database, new Date(Date.now() - pendingMsMax));
      if (asked === 0) return;
      logger.info('orders asked about again', { orders: asked });
      eventWaits();
    } catch (error) {
      logger.debug('no look for forgotten orders', { 'exception.message': String(error) });
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return { stop: () => clearInterval(timer) };
}

/** Orders placed before `before` and still pending whose question left before it, too. */
async function askAgain(database: Database, before: Date): Promise<number> {
  const rows = await database.rows(
    `SELECT id FROM orders WHERE order_state = 'pending' AND order_date < ? ORDER BY id LIMIT ?`,
    [before, ordersMax],
  );
  let asked = 0;
  for (const row of rows) {
    if (await publishAgain(database, String(row['id']), before)) asked += 1;
  }
  return asked;
}
