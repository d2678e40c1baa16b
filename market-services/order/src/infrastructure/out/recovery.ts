import type { Database } from '@sprout/data';
import { publishAgain } from '@sprout/queue';
import type { Logger } from '@sprout/process';
import { z } from 'zod';

/** Twice what an order may take; whoever waits longer has been forgotten. */
const pendingMsMax = 10_000;
const lookEveryMs = 2_000;
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
      const asked = await askAgain(database, Date.now());
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

/**
 * Asks about an order when it has been pending for too long, then each time its age has
 * doubled: a stock check that is only slow must not drown in repetitions.
 */
async function askAgain(database: Database, nowMs: number): Promise<number> {
  const rows = await database.rows(
    `SELECT id, order_date FROM orders WHERE order_state = 'pending' AND order_date < ?
     ORDER BY id LIMIT ?`,
    [new Date(nowMs - pendingMsMax), ordersMax],
  );
  let asked = 0;
  for (const { id, order_date: placedAt } of rows.map((row) => rowSchema.parse(row))) {
    const halfItsAgeAgo = new Date((placedAt.getTime() + nowMs) / 2);
    if (await publishAgain(database, id, halfItsAgeAgo)) asked += 1;
  }
  return asked;
}

const rowSchema = z.object({ id: z.string(), order_date: z.date() });
